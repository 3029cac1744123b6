/** The style sheet and the script of the pages. Both are part of each page and allowed by their hash. */
import { createHash } from 'node:crypto';

/** Fonts of the system, two palettes, and one card. Every pair of colors has a contrast of at least 4.5. */
export const STYLE = `
:root{color-scheme:light dark;--back:#f3f4f7;--card:#fff;--line:#e2e5ea;--edge:#7d8696;--ink:#171b24;--soft:#5a6373;
--main:#2447c7;--over:#1b389f;--on:#fff;--tint:#eef1fb;--bad:#a8231b;--badback:#fdf0ef;--good:#17693f;
--goodback:#e8f5ee}
@media (prefers-color-scheme:dark){:root{--back:#0f1218;--card:#191d26;--line:#2b313d;--edge:#7c8596;--ink:#eef0f5;
--soft:#a7afbd;--main:#9db2ff;--over:#b7c7ff;--on:#0f1533;--tint:#222838;--bad:#ffb0a8;--badback:#3a1d1b;
--good:#7fdba8;--goodback:#173226}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--back);color:var(--ink);
font:400 16px/1.6 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;
-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
main{max-width:576px;margin:0 auto;padding:64px 16px}
.card{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:40px;
box-shadow:0 1px 2px rgba(16,20,32,.04),0 8px 24px rgba(16,20,32,.05)}
h1{margin:0 0 16px;font-size:24px;line-height:1.35;font-weight:700;letter-spacing:-.01em;text-wrap:balance}
h1:focus,.fault:focus{outline:0}
p{margin:0 0 16px}
a{color:var(--main)}
.soft{margin:0;color:var(--soft);font-size:14px;line-height:1.5}
.soft+.soft{margin-top:8px}
.ask{margin:24px 0 0}
.fault{margin:0 0 24px;padding:14px 16px;border-radius:10px;background:var(--badback);color:var(--bad);font-weight:600}
label{display:block;margin:0 0 8px;font-weight:600}
label span{color:var(--soft);font-weight:400}
textarea{display:block;width:100%;margin:0 0 24px;padding:12px 14px;border:1px solid var(--edge);border-radius:10px;
background:var(--card);color:inherit;font:inherit;resize:vertical}
textarea[aria-invalid]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
.answers{display:grid;gap:12px}
.two{grid-template-columns:1fr 1fr}
button{min-height:52px;padding:13px 20px;border:1px solid var(--edge);border-radius:10px;background:var(--card);
color:var(--ink);font:inherit;font-weight:600;line-height:24px;cursor:pointer;scroll-margin:50vh 0 32px}
button:hover{background:var(--tint)}
.main,button:target{border-color:var(--main);background:var(--main);color:var(--on)}
.main:hover,button:target:hover{border-color:var(--over);background:var(--over)}
form:has(:target) .main:not(:target){border-color:var(--edge);background:var(--card);color:var(--ink)}
form:has(:target) .main:not(:target):hover{background:var(--tint)}
button:focus-visible,textarea:focus-visible,a:focus-visible{outline:3px solid var(--main);outline-offset:2px}
[aria-busy] button{cursor:default;pointer-events:none}
[aria-busy] button:not([aria-current]){opacity:.4}
.foot{margin:28px 0 0;padding:20px 0 0;border-top:1px solid var(--line)}
.mark{display:block;width:48px;height:48px;margin:0 0 20px;padding:12px;border-radius:50%;background:var(--tint);
color:var(--soft)}
.done .mark{background:var(--goodback);color:var(--good)}
dl{margin:28px 0 0;padding:24px 0 0;border-top:1px solid var(--line)}
dt{color:var(--soft);font-size:14px;line-height:1.5}
dd{margin:0 0 16px;white-space:pre-wrap}
dd:last-child{margin:0}
@media (max-width:520px){main{padding:0}.card{min-height:100vh;border:0;border-radius:0;padding:36px 20px;
box-shadow:none}body{background:var(--card)}}
@media (max-width:420px){.two{grid-template-columns:1fr}}
`.replace(/\n/g, '');

/**
 * Sends the form once, however often a button is clicked. If the host's response is not one of our pages, somebody else
 * may have answered first. The script then loads the page again, and shows our text instead of the host's error if the
 * response is one that n8n gives once its execution has gone on. After any other response, the answer can be sent
 * again. Without JavaScript, the browser submits the form.
 */
export const SCRIPT = `
(()=>{
const d=document,own='main[data-smtp2go]';
let busy=false;
const load=async options=>{
try{
const response=await fetch(location.href,{cache:'no-store',...options});
const text=await response.text(),{status}=response;
const page=new DOMParser().parseFromString(text,'text/html');
return{status,main:page.querySelector(own),gone:[404,409,410].includes(status)||status===200&&/No\\s+action\\s+required/.test(text)};
}catch{return{}}
};
const aim=target=>{
if(target.localName!=='textarea')target.tabIndex=-1;
target.focus();
};
const show=main=>{
d.querySelector(own).replaceWith(main);
const heading=main.querySelector('h1');
d.title=heading.textContent;
scrollTo(0,0);
aim(main.querySelector('[aria-invalid]')||main.querySelector('.fault')||heading);
};
d.addEventListener('submit',async event=>{
const form=event.target,button=event.submitter;
if(!button)return;
event.preventDefault();
if(busy)return;
busy=true;
const label=button.textContent,body=new URLSearchParams(new FormData(form));
body.set(button.name,button.value);
form.setAttribute('aria-busy','true');
button.setAttribute('aria-current','true');
button.textContent=form.dataset.sending;
let{status,main}=await load({method:'POST',body});
if(!main&&status){
const now=await load();
if(now.main?now.main.dataset.smtp2go!=='question':now.gone)
main=now.main||form.querySelector('#lost').content.querySelector(own);
}
if(main)show(main);
else{
form.removeAttribute('aria-busy');
button.removeAttribute('aria-current');
button.textContent=label;
const old=form.querySelector('.fault');
if(old)old.remove();
const fault=form.querySelector('#fault').content.firstChild.cloneNode(true);
form.querySelector('.ask').prepend(fault);
aim(fault);
}
busy=false;
});
})();
`.trim();

/** Returns the hash of an inline style or script, as a policy names it. */
function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * The headers of every page. Nothing is loaded, nothing else runs, no other page can show it in a frame, the address
 * with the signature goes nowhere, and neither a cache nor a search engine keeps it.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': [
		"default-src 'none'",
		`style-src ${hashOf(STYLE)}`,
		`script-src ${hashOf(SCRIPT)}`,
		"connect-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	].join('; '),
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
	'X-Robots-Tag': 'noindex, nofollow',
	'X-Content-Type-Options': 'nosniff',
};
