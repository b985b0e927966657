/** What the page asks of each of its tabs. */
export interface Panel {
  /** The tab is left: a shown private or secret key goes off the page. */
  hideSecret(): void;
  /** The page is left: nothing secret stays. */
  leave(): void;
}
