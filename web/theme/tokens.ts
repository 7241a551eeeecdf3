/**
 * The design tokens: the one place where a colour, a radius or a size is decided. CSS reads them as
 * variables (`--mp-ink`), Ant Design as its theme, charts as plain values.
 */
const light = {
  ink: '#1d2433',
  inkSecondary: '#4b5568',
  inkTertiary: '#626c81',
  line: '#e6e9ef',
  lineStrong: '#d3d9e3',
  ground: '#f6f7f9',
  dot: '#dde2ea',
  surface: '#ffffff',
  sunken: '#f1f3f7',
  hover: '#f3f5f8',
  primary: '#1661ab',
  primaryHover: '#2673be',
  primaryActive: '#0f4f8e',
  primarySoft: '#e8f1fa',
  primaryLine: '#bcd6ee',
  primaryInk: '#1661ab',
  rail: '#182033',
  railActive: '#27314a',
  railInk: '#a3aec4',
  railInkActive: '#ffffff',
  success: '#0f7353',
  successSoft: '#e6f5ef',
  successLine: '#bfe3d4',
  warning: '#955a06',
  warningSoft: '#fdf3e0',
  warningLine: '#f2dcb0',
  danger: '#b93a3f',
  dangerSoft: '#fbecec',
  dangerLine: '#f0cccd',
  ai: '#6b4fc8',
  aiSoft: '#f1edfc',
  entry: '#1661ab',
  entrySoft: '#e8f1fa',
  time: '#b8720a',
  timeSoft: '#fdf3e0',
  choice: '#6b4fc8',
  choiceSoft: '#f1edfc',
  touch: '#12805c',
  touchSoft: '#e6f5ef',
  customer: '#516079',
  customerSoft: '#eef1f5',
  ending: '#b93a3f',
  endingSoft: '#fbecec',
  bubble: '#ffffff',
  flow: '#b6c3d8',
  mask: 'rgb(29 36 51 / 38%)',
  shadow: '0 1px 2px rgb(29 36 51 / 5%)',
  shadowRaised: '0 8px 28px rgb(29 36 51 / 12%)',
}

export type Tokens = typeof light
export type TokenName = keyof Tokens
export type Mode = 'light' | 'dark'

const dark: Tokens = {
  ink: '#e6e9f0',
  inkSecondary: '#adb6c6',
  inkTertiary: '#8f9aae',
  line: '#29303e',
  lineStrong: '#3a4355',
  ground: '#10141c',
  dot: '#252c39',
  surface: '#181d27',
  sunken: '#131821',
  hover: '#202735',
  primary: '#2a75bf',
  primaryHover: '#4590da',
  primaryActive: '#2569ae',
  primarySoft: '#17304a',
  primaryLine: '#27507a',
  primaryInk: '#6db1f2',
  rail: '#0b0f17',
  railActive: '#1e2635',
  railInk: '#8f9bb1',
  railInkActive: '#ffffff',
  success: '#43b98c',
  successSoft: '#14332a',
  successLine: '#1f5443',
  warning: '#dfa044',
  warningSoft: '#392c14',
  warningLine: '#5f4a20',
  danger: '#e8797d',
  dangerSoft: '#3f2025',
  dangerLine: '#6b343a',
  ai: '#a892f2',
  aiSoft: '#2b2446',
  entry: '#6db1f2',
  entrySoft: '#17304a',
  time: '#dfa044',
  timeSoft: '#392c14',
  choice: '#a892f2',
  choiceSoft: '#2b2446',
  touch: '#43b98c',
  touchSoft: '#14332a',
  customer: '#9dabc3',
  customerSoft: '#262e3c',
  ending: '#e8797d',
  endingSoft: '#3f2025',
  bubble: '#242c3a',
  flow: '#46536a',
  mask: 'rgb(0 0 0 / 55%)',
  shadow: '0 1px 2px rgb(0 0 0 / 30%)',
  shadowRaised: '0 8px 28px rgb(0 0 0 / 45%)',
}

export const tokens: Readonly<Record<Mode, Tokens>> = { light, dark }

/** Sizes that do not differ between light and dark, in CSS pixels. */
export const sizes = {
  radiusControl: 8,
  radiusCard: 12,
  text: 13,
  note: 11,
  railWidth: 64,
  topBarHeight: 52,
} as const

/** Fonts that the reader's own machine has; nothing is fetched. */
const chineseFonts = '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei"'
const latinFonts =
  '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial'

/** A Chinese font draws English quotation marks a whole square wide, so English asks for a Latin one first. */
const fontOf = {
  zh: `${chineseFonts}, system-ui, sans-serif`,
  en: `${latinFonts}, ${chineseFonts}, sans-serif`,
}

/** The font of the language in use. */
export const fontFamily = 'var(--mp-font)'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The CSS reference to a colour, for inline styles and SVG: `cssVar('ink')` is `var(--mp-ink)`. */
export const cssVar = (name: TokenName): string => `var(--mp-${kebab(name)})`

const declarations = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => `--mp-${kebab(name)}:${typeof value === 'number' ? `${value}px` : value}`)
    .join(';')

/** The style sheet that declares every token, light by default and dark under `data-theme="dark"`. */
export function tokenSheet(): string {
  const shared = declarations(sizes)
  return [
    `:root{${shared};--mp-font:${fontOf.zh};${declarations(light)};color-scheme:light}`,
    `:root:lang(en){--mp-font:${fontOf.en}}`,
    `:root[data-theme="dark"]{${declarations(dark)};color-scheme:dark}`,
  ].join('\n')
}
