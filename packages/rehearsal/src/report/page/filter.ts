/** Lets the reader see only some of the runs. */
export function filterRuns(): void {
  const text = document.querySelector<HTMLInputElement>("#filter");
  const onlyFailed = document.querySelector<HTMLInputElement>("#only-failed");
  const status = document.querySelector<HTMLElement>("#filtered");
  if (text === null || onlyFailed === null || status === null) return;
  const all = [...document.querySelectorAll<HTMLDetailsElement>("details.run")];
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    for (const run of all) {
      const name = run.querySelector(".name")?.textContent.toLowerCase() ?? "";
      run.hidden = !name.includes(wanted) || (onlyFailed.checked && !run.classList.contains("failed"));
    }
    const shown = all.filter(({ hidden }) => !hidden).length;
    status.textContent = shown === all.length ? "" : `${shown} of ${all.length} runs are shown`;
  };
  text.addEventListener("input", filter);
  onlyFailed.addEventListener("change", filter);
}
