import type { LocalText } from '../../shared/text.ts'

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** A page for customers in both languages, as theirs may not be known here. */
export function publicPage(title: LocalText, said: LocalText, button: LocalText | null = null): string {
  const form =
    button === null
      ? ''
      : `<form method="post"><button type="submit">${escaped(button['zh-CN'])} · ${escaped(button.en)}</button></form>`
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${escaped(title['zh-CN'])} · ${escaped(title.en)}</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f6f7f9; color: #1d2433;
  font: 15px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
main { background: #fff; border: 1px solid #e6e9ef; border-radius: 12px; padding: 32px; max-width: 360px; text-align: center }
p { margin: 0 0 8px } p[lang="en"] { color: #4b5568; font-size: 13px }
button { margin-top: 16px; border: 0; border-radius: 8px; padding: 8px 24px; background: #1d2433; color: #fff; font: inherit; cursor: pointer }
</style></head><body><main>
<p>${escaped(said['zh-CN'])}</p>
<p lang="en">${escaped(said.en)}</p>
${form}</main></body></html>`
}
