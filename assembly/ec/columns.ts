/** The sums of products by place, each in two lanes; zero between operations. Four more than needed are read, not used. */
export const columns = memory.data(832, 16);
