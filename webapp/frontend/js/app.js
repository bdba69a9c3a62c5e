// Every page loads this: htmx with its nonce check, and our own small behaviours. Without it, every page still works.
import "htmx.org";
import "htmx.org/dist/ext/hx-csp.js";
import { startAnswers } from "./answer.js";
import { startConditions } from "./conditions.js";
import { startCounters } from "./counter.js";
import { startClosing, startMore } from "./more.js";
import { startDrafts } from "./draft.js";
import { startLive } from "./live.js";
import { startPrint } from "./print.js";
import { startSession } from "./session.js";
import { startSubmits } from "./submit.js";
import { startSwaps } from "./swap.js";
import { startTheme } from "./theme.js";
import { startUploads } from "./uploads.js";

// Back means the page as it is now, with all its scripts, not the remains of a swap.
window.htmx.config.history = "reload";

startAnswers();
startTheme();
startUploads();
startSubmits();
startLive();
startConditions();
startCounters();
startDrafts();
startSwaps();
startMore();
startClosing();
startPrint();
startSession();
