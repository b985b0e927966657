/** The tab list, by the tabs pattern of the WAI-ARIA Authoring Practices: arrow keys move and select, Home and End jump. */

export function startTabs(list: HTMLElement, onSelect: (tabId: string) => void): void {
  const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];

  const select = (chosen: HTMLElement): void => {
    for (const tab of tabs) {
      const selected = tab === chosen;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel !== null) panel.hidden = !selected;
    }
    onSelect(chosen.id);
  };

  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      const next = neighbour(event.key, i, tabs.length);
      const target = next === undefined ? undefined : tabs[next];
      if (target === undefined) return;
      event.preventDefault(); // Home and End would scroll the page as well
      select(target);
      target.focus();
    });
  }
}

function neighbour(key: string, i: number, count: number): number | undefined {
  if (key === "ArrowRight") return (i + 1) % count;
  if (key === "ArrowLeft") return (i + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}
