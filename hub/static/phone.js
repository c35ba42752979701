/* Nothing here is needed: every page works without it. It adds three buttons where a phone can:
   read aloud, hand on, copy. It starts nothing by itself and sends nothing. */
(function () {
  "use strict";
  var speech = window.speechSynthesis;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function voice() {
    var wanted = document.documentElement.lang.slice(0, 2), found = null;
    if (!speech || !window.SpeechSynthesisUtterance) { return null; }
    speech.getVoices().forEach(function (one) {
      if (!found && one.lang.slice(0, 2).toLowerCase() === wanted) { found = one; }
    });
    return found;
  }

  /* Sentence by sentence: some phones fall silent after a quarter of a minute. */
  function sentences() {
    var text = [];
    each("h1, h2, h3, main p, main li, main dt, main dd", function (one) {
      var words = one.innerText;
      if (words && !one.querySelector("p, li") && one.offsetParent) { text.push(words); }
    });
    return text;
  }

  function stop(button) {
    speech.cancel();
    button.textContent = button.getAttribute("data-start");
    button.setAttribute("aria-pressed", "false");
  }

  function read(button) {
    var rest = sentences(), chosen = voice(), mine;
    mine = button.reading = {};
    button.textContent = button.getAttribute("data-stop");
    button.setAttribute("aria-pressed", "true");
    (function next() {
      var words = rest.shift(), said;
      if (button.reading !== mine) { return; }
      if (!words || !chosen) { stop(button); return; }
      said = new SpeechSynthesisUtterance(words);
      said.voice = chosen;
      said.lang = chosen.lang;
      said.rate = 0.9;
      said.onend = next;
      said.onerror = function () { stop(button); };
      speech.speak(said);
    }());
  }

  function offerReading() {
    each("[data-aloud]", function (button) {
      if (!voice() || !button.hidden) { return; }
      button.hidden = false;
      button.onclick = function () {
        if (button.getAttribute("aria-pressed") === "true") {
          button.reading = null;
          stop(button);
        } else {
          read(button);
        }
      };
    });
  }

  function copied(button) {
    button.textContent = button.getAttribute("data-done");
  }

  if (speech) {
    offerReading();
    speech.onvoiceschanged = offerReading;
    window.addEventListener("pagehide", function () { speech.cancel(); });
  }

  each("[data-share]", function (button) {
    if (!navigator.share) { return; }
    button.hidden = false;
    button.onclick = function () {
      navigator.share({
        text: button.getAttribute("data-text"),
        url: location.origin + button.getAttribute("data-share")
      })["catch"](function () { /* changed their mind */ });
    };
  });

  each("[data-copy]", function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.onclick = function () {
      var url = location.origin + button.getAttribute("data-copy");
      navigator.clipboard.writeText(button.getAttribute("data-text") + "\n" + url)
        .then(function () { copied(button); });
    };
  });

  each("[data-address]", function (link) { link.textContent = location.origin + link.getAttribute("href"); });
}());
