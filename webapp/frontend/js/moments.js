// The slider of a case's moments. It says which step it stands at while it moves. A mouse or finger that lets it go opens
// the moment; from the keyboard Enter does, so that one can go on several steps without a new page after each.
for (const slider of document.querySelectorAll("[data-moments]")) {
  const titles = JSON.parse(slider.dataset.moments);
  const said = slider.form.querySelector("output");
  let isHeld = false;
  const tell = () => {
    said.textContent = `${slider.value}. ${titles[slider.value - 1]}`;
    slider.setAttribute("aria-valuetext", said.textContent);
  };
  slider.addEventListener("pointerdown", () => {
    isHeld = true;
  });
  slider.addEventListener("keydown", (event) => {
    isHeld = false;
    if (event.key !== "Enter") return;
    event.preventDefault();
    slider.form.requestSubmit();
  });
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => {
    if (isHeld) slider.form.requestSubmit();
  });
  tell();
}
