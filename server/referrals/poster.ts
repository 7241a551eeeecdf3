import sharp from 'sharp'
import { Problem } from '../../shared/errors/index.ts'
import { linesOf } from './lines.ts'
import { qrOf } from './qr.ts'

export interface PosterWords {
  readonly brand: string
  readonly title: string
  readonly text: string
  /** Beside the code: what to do with it. */
  readonly scan: string
}

export interface PosterInput {
  readonly words: PosterWords
  /** The address that its code says. */
  readonly url: string
  /** The bytes of the picture above the words; null: there is none. */
  readonly picture: Uint8Array | null
}

const width = 750
const pictureHeight = 520
/** From the picture, or the coloured field in its place, down. */
const margin = 60
/** What systems call a font that has Chinese, in the order in which they are wished for. */
const fonts =
  'Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, Noto Sans, sans-serif'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

interface Style {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly lead: number
  readonly fill: string
  readonly weight?: number
}

const written = (lines: readonly string[], { x, y, size, lead, fill, weight = 400 }: Style): string =>
  lines
    .map(
      (line, at) =>
        `<text x="${x}" y="${y + at * lead}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(line)}</text>`,
    )
    .join('')

/** The poster as it is drawn, without its picture, and how high it is. */
function drawn({ words, url, picture }: PosterInput): { readonly svg: string; readonly height: number } {
  const { brand, title, text, scan } = words
  const titles = linesOf(title, (width - 2 * margin) / 52, 3)
  const texts = linesOf(text, (width - 2 * margin) / 30, 6)
  const top = picture === null ? 260 : pictureHeight
  const titleY = top + 92
  const textY = titleY + titles.length * 70 + 6
  const foot = textY + texts.length * 48 + 16
  const qr = qrOf(url)
  const qrSize = 220
  const height = foot + qrSize + 92
  const field =
    picture === null
      ? `<rect width="${width}" height="${top}" fill="#b3261e"/><circle cx="640" cy="40" r="190" fill="#fff" opacity=".08"/><circle cx="90" cy="250" r="120" fill="#fff" opacity=".08"/>${written(linesOf(brand, (width - 2 * margin) / 56, 2), { x: margin, y: 130, size: 56, lead: 70, fill: '#fff', weight: 700 })}`
      : ''
  const scale = qrSize / qr.size
  const beside = margin + qrSize + 36
  const besideEms = (width - beside - margin) / 30
  const brands = picture === null ? [] : linesOf(brand, besideEms, 1)
  const scans = linesOf(scan, besideEms, 3)
  const besideTop = foot + qrSize / 2 - ((brands.length + scans.length) * 46) / 2 + 34
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${fonts}">${field}
<rect y="${top}" width="${width}" height="${height - top}" fill="#fffaf5"/>
${written(titles, { x: margin, y: titleY, size: 52, lead: 70, fill: '#1d1613', weight: 700 })}
${written(texts, { x: margin, y: textY, size: 30, lead: 48, fill: '#5b4f49' })}
<rect x="${margin}" y="${foot}" width="${qrSize}" height="${qrSize}" rx="16" fill="#fff"/>
<path transform="translate(${margin} ${foot}) scale(${scale})" shape-rendering="crispEdges" fill="#1d1613" d="${qr.path}"/>
${written(brands, { x: beside, y: besideTop, size: 30, lead: 46, fill: '#1d1613', weight: 700 })}
${written(scans, { x: beside, y: besideTop + brands.length * 46, size: 30, lead: 46, fill: '#5b4f49' })}
</svg>`
  return { svg, height }
}

/**
 * Whether Chinese can be written here. The sign for one is a single stroke, lower than wide by far; what stands for a
 * sign that no font has is a box as high as a line, or nothing.
 */
async function canWrite(): Promise<boolean> {
  const size = 100
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" font-family="${fonts}"><rect width="200" height="200" fill="#fff"/><text x="50" y="140" font-size="${size}">一</text></svg>`
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true })
  const inked = (x: number, y: number): boolean => (data[(y * info.width + x) * info.channels] ?? 255) < 128
  const along = Array.from({ length: info.width }, (_, at) => at)
  const rows = along.filter((y) => along.some((x) => inked(x, y)))
  const columns = along.filter((x) => along.some((y) => inked(x, y)))
  return columns.length > size / 2 && rows.length > 0 && rows.length < size / 3
}

let known: Promise<boolean> | null = null
/** Looked at once: fonts do not come while a server runs. */
const canWriteHere = (): Promise<boolean> => {
  known ??= canWrite()
  return known
}

/** A poster as a PNG. Problem `referral-picture-no-font` where its words would be boxes. */
export async function drawPoster(
  input: PosterInput,
  isAble: () => Promise<boolean> = canWriteHere,
): Promise<Buffer> {
  if (!(await isAble())) throw new Problem('referral-picture-no-font')
  const { svg, height } = drawn(input)
  const drawing = { input: Buffer.from(svg), top: 0, left: 0 }
  const { picture } = input
  const above =
    picture === null
      ? []
      : [
          {
            input: await sharp(picture)
              .resize({ width, height: pictureHeight, fit: 'cover', position: 'attention' })
              .flatten({ background: '#fff' })
              .toBuffer(),
            top: 0,
            left: 0,
          },
        ]
  return sharp({ create: { width, height, channels: 3, background: '#fffaf5' } })
    .composite([...above, drawing])
    .png({ compressionLevel: 9, palette: true, colours: 256 })
    .toBuffer()
}
