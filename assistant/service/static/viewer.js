// Bring the quoted characters (or the clause) into view; open the contents where there is room.
const contents = document.getElementById("contents");
if (contents && window.matchMedia("(min-width: 60rem)").matches) {
  contents.open = true;
}
const target = document.querySelector("mark") || document.querySelector(".here");
if (target && (!location.hash || document.querySelector("mark"))) {
  target.scrollIntoView({ block: "center" });
}
