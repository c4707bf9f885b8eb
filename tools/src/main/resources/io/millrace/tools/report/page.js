(() => {
  const holder = document.getElementById("series");
  if (!holder) return;
  const series = JSON.parse(holder.textContent);
  const when = (t, span) => {
    const d = new Date(t * 1000).toISOString();
    return span < 43200 ? d.slice(0, 10) + " " + d.slice(11, 16) : d.slice(0, 10);
  };
  const forms = {
    money: (v) => v.toLocaleString("en-US", { maximumFractionDigits: 2, minimumFractionDigits: 2 }),
    percent: (v) => (100 * v).toFixed(2) + " %",
    number: (v) => v.toFixed(2),
  };
  for (const chart of document.querySelectorAll(".chart[data-series]")) {
    const plot = chart.querySelector(".plot");
    const times = series[chart.dataset.time];
    const rows = chart.dataset.series.split(";").map((part) => part.split("|"));
    if (!times || times.length < 2) continue;
    const span = (times[times.length - 1] - times[0]) / times.length;
    const cross = plot.appendChild(document.createElement("div"));
    const tip = plot.appendChild(document.createElement("div"));
    cross.className = "cross";
    tip.className = "tip";
    plot.addEventListener("pointermove", (event) => {
      const box = plot.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      const i = Math.round(share * (times.length - 1));
      tip.textContent = "";
      const head = tip.appendChild(document.createElement("b"));
      head.textContent = when(times[i], span);
      for (const [name, label, form] of rows) {
        const value = series[name][i];
        if (value === null) continue;
        tip.appendChild(document.createElement("br"));
        tip.append(label + " " + forms[form](value));
      }
      cross.style.left = 100 * share + "%";
      cross.style.display = tip.style.display = "block";
      const left = share * box.width;
      tip.style.left = (left > box.width / 2 ? left - tip.offsetWidth - 10 : left + 10) + "px";
    });
    plot.addEventListener("pointerleave", () => {
      cross.style.display = tip.style.display = "none";
    });
  }
})();
