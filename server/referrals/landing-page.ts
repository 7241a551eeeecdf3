import { createHash } from 'node:crypto'
import { type Assets, assetIn, assetPath } from '../../shared/assets/asset.ts'
import type { ReferralDefinition } from '../../shared/referrals/definition.ts'
import { type Locale, say, type WrittenText } from '../../shared/text.ts'
import { type LandingWord, landingWords } from './landing-words.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

const style = `
:root { color-scheme: light dark; --ground: #fff7f1; --card: #fff; --ink: #1d1613; --soft: #6b5d55; --line: #e7dcd3; --act: #b3261e; --on: #fff; --bad: #a3180f }
@media (prefers-color-scheme: dark) { :root { --ground: #171210; --card: #221b18; --ink: #f4ece7; --soft: #b8aaa1; --line: #443833; --act: #ff8a80; --on: #2a0f0c; --bad: #ffb4ab } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 16px/1.65 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
main { max-width: 440px; margin: 0 auto; padding: 0 0 40px; background: var(--card); min-height: 100vh }
@media (min-width: 500px) { body { padding: 32px 0 } main { min-height: 0; border: 1px solid var(--line); border-radius: 16px; overflow: hidden } }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding: 16px 24px; font-weight: 600 }
header a { flex: none; color: var(--soft); font-weight: 400; font-size: 14px; padding: 8px 0 8px 8px }
.picture { display: block; width: 100%; height: auto }
section { padding: 20px 24px 0 }
h1 { font-size: 26px; line-height: 1.35; margin: 0 0 12px; overflow-wrap: anywhere }
p { margin: 0 0 16px; white-space: pre-line; overflow-wrap: anywhere; color: var(--soft) }
form { margin-top: 24px }
label { display: block; font-weight: 600 }
input[type=tel] { display: block; width: 100%; margin: 6px 0 4px; padding: 13px 14px; font: inherit; font-size: 18px; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 10px }
input[type=tel]:focus-visible, button:focus-visible, a:focus-visible, input[type=checkbox]:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
small { display: block; color: var(--soft); font-size: 14px; margin-bottom: 20px }
.agree { display: flex; gap: 12px; align-items: flex-start; font-weight: 400; font-size: 14px; margin-bottom: 20px; overflow-wrap: anywhere }
.agree input { flex: none; width: 22px; height: 22px; margin: 1px 0 0; accent-color: var(--act) }
.agree span { min-width: 0 }
button, .go { display: block; width: 100%; padding: 14px; border: 0; border-radius: 10px; background: var(--act); color: var(--on); font: inherit; font-size: 18px; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
.bad { color: var(--bad); font-weight: 600 }
.follow { display: block; width: 200px; max-width: 60%; height: auto; margin: 24px auto 8px; border-radius: 8px }
.center { text-align: center }
`

/** Nothing but what the page is made of: no script at all, and no frame around it. */
export const landingPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export interface Landing {
  readonly locale: Locale
  readonly brand: WrittenText
  /** The same page in the other language. */
  readonly other: string
}

const word = (name: LandingWord, locale: Locale): string => escaped(landingWords[name][locale])

function whole({ locale, brand, other }: Landing, title: string, body: string): string {
  const lang = locale === 'en' ? 'en' : 'zh-CN'
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no"><link rel="icon" href="data:,"><title>${escaped(title)}</title>
<style>${style}</style></head><body><main>
<header><span>${escaped(say(brand, locale))}</span><a href="${escaped(other)}" hreflang="${locale === 'en' ? 'zh-CN' : 'en'}">${word('other', locale)}</a></header>
${body}
</main></body></html>`
}

const pictureOf = (assets: Assets, key: string | null, locale: Locale, of: string): string => {
  const asset = key === null ? undefined : assetIn(assets, key)
  if (asset === undefined) return ''
  const { width, height, alt } = asset
  return `<img class="${of}" src="${escaped(assetPath(asset))}" width="${width}" height="${height}" alt="${escaped(say(alt, locale))}">`
}

/** The page on which somebody comes in, and what was wrong with what they said. */
export function invitingPage(
  landing: Landing,
  { page }: ReferralDefinition,
  assets: Assets,
  told: { readonly phone: string; readonly wrong: LandingWord | null } = { phone: '', wrong: null },
): string {
  const { locale } = landing
  const title = say(page.title, locale)
  const { phone, wrong } = told
  const fault = wrong === null ? '' : `<p class="bad" role="alert" id="fault">${word(wrong, locale)}</p>`
  const isPhone = wrong === 'badPhone'
  const marked = isPhone ? ' aria-invalid="true" aria-describedby="fault"' : ''
  return whole(
    landing,
    title,
    `${pictureOf(assets, page.picture, locale, 'picture')}<section><h1>${escaped(title)}</h1>
<p>${escaped(say(page.text, locale))}</p>
<form method="post">${fault}
<label class="agree"><input type="checkbox" name="agree" value="yes" required><span>${escaped(say(page.consent, locale))}</span></label>
<label for="phone">${word('phone', locale)}</label>
<input type="tel" id="phone" name="phone" value="${escaped(phone)}" required autocomplete="tel" inputmode="tel" maxlength="40"${marked}>
<small>${word('phoneHint', locale)}</small>
<button type="submit">${word('send', locale)}</button>
</form></section>`,
  )
}

/** What somebody sees who has come in: the same for whoever was known, as a page tells nobody who is a customer. */
export function thanksPage(landing: Landing, { page, asks }: ReferralDefinition, assets: Assets): string {
  const { locale } = landing
  const follow = pictureOf(assets, page.follow, locale, 'follow')
  const after = asks === 'order' ? `<p>${word('order', locale)}</p>` : ''
  const go =
    page.link === null
      ? ''
      : `<a class="go" href="${escaped(page.link)}" rel="noreferrer">${word('go', locale)}</a>`
  return whole(
    landing,
    say(page.title, locale),
    `<section><h1>${escaped(say(page.thanks, locale))}</h1>${after}
${follow === '' ? '' : `${follow}<p class="center">${word('follow', locale)}</p>`}${go}</section>`,
  )
}

/** A page that says one thing. */
export function noticePage(landing: Landing, told: LandingWord): string {
  const said = word(told, landing.locale)
  return whole(landing, landingWords[told][landing.locale], `<section><h1>${said}</h1></section>`)
}
