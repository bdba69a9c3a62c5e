// The slider of a case's moments: letting it go opens the moment. Without this the button beside it does.
for (const slider of document.querySelectorAll("[data-moments]")) {
  slider.addEventListener("change", () => slider.form.requestSubmit());
}
