// Reads the moving part of Silver's screen again every half minute. What has not changed is left alone, so that nothing is read out twice.
// Without this the page has a link that does the same.
const EVERY = 30_000;
const place = document.querySelector("[data-now]");
const said = document.querySelector("[data-now-said]");

async function readAgain() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.now, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      say("Your session has run out: sign in to read on. Suspend and Terminate still work.");
      return;
    }
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = place.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!old || old.contains(document.activeElement)) continue;
      old.className = part.className;
      if (old.innerHTML !== part.innerHTML) old.innerHTML = part.innerHTML;
    }
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
    said.textContent = `As at ${time}, read again by itself.`;
    late = false;
  } catch {
    say("No connection: these figures are not being read again. Suspend and Terminate need one too.");
  }
}

let late = false;
function say(words) {
  if (!late) said.textContent = words;
  late = true;
}

if (place && said) setInterval(readAgain, EVERY);
