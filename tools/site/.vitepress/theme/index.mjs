import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

// The fonts are the reader's own: nothing is loaded for them.
export default DefaultTheme;
