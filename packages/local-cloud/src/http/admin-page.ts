/** The page that shows the local cloud, live. All that comes from outside is set as text, never as markup. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Local cloud</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 80rem; color: #222; }
  h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
  table { border-collapse: collapse; } th, td { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top; }
  th { font-weight: 600; border-bottom: 1px solid #aaa; } pre { margin: 0; white-space: pre-wrap; }
  .bad { color: #b00020; } #lost { display: none; }
</style>
<h1>Local cloud <span id="region"></span></h1>
<p id="lost" class="bad">The local cloud does not answer.</p>
<h2>Who holds the address</h2><table id="holders"></table>
<h2>Resources</h2><div id="resources"></div>
<h2>Faults</h2><table id="faults"></table>
<h2>Tasks</h2><table id="tasks"></table>
<h2>Calls</h2><table id="calls"></table>
<script>
  const byId = (id) => document.getElementById(id);
  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const fill = (table, heads, rows) => {
    const head = document.createElement("tr");
    head.append(...heads.map((text) => element("th", text)));
    table.replaceChildren(head, ...rows.map((cells) => {
      const row = document.createElement("tr");
      row.append(...cells.map((cell) => cell instanceof Node ? cell : element("td", cell ?? "")));
      return row;
    }));
  };
  const time = (ms) => ms === undefined ? "" : new Date(ms).toISOString().slice(11, 23);
  const show = (cloud) => {
    byId("region").textContent = cloud.region;
    fill(byId("holders"), ["address", "mechanism", "ENI", "instance"], cloud.holders.map((holder) =>
      [holder.vip, holder.mechanism, holder.networkInterfaceId ?? "nobody", holder.instanceId]));
    const open = [...byId("resources").querySelectorAll("details[open]")].map(({ dataset }) => dataset.name);
    byId("resources").replaceChildren(...Object.entries(cloud.resources).filter(([, all]) => all.length > 0)
      .map(([name, all]) => {
        const details = document.createElement("details");
        details.append(element("summary", name + ": " + all.length), element("pre", JSON.stringify(all, null, 2)));
        details.dataset.name = name;
        details.open = open.includes(name);
        return details;
      }));
    fill(byId("faults"), ["action", "fault"], cloud.faults.map(({ action, ...fault }) =>
      [action, JSON.stringify(fault)]));
    fill(byId("tasks"), ["started", "action", "state", "task"], cloud.tasks.map((task) =>
      [time(task.startedAt), task.action, task.status, task.taskId]));
    fill(byId("calls"), ["time", "service", "action", "answer", "ms", "by"], cloud.calls.map((call) =>
      [time(call.at), call.service, call.action, element("td", call.code, call.code === "OK" ? "" : "bad"),
        call.ms.toFixed(1), call.instanceId ?? "the account"]));
  };
  const events = new EventSource("events");
  events.onmessage = ({ data }) => { byId("lost").style.display = "none"; show(JSON.parse(data)); };
  events.onerror = () => { byId("lost").style.display = "block"; };
</script>
</html>
`;
