import { encode } from 'uqr'

/** Modules of quiet around a code, as readers want them (ISO/IEC 18004). */
const quiet = 4

interface QrPicture {
  /** An SVG path of its dark modules, each one unit wide, the quiet around them included. */
  readonly path: string
  /** Units on each side. */
  readonly size: number
}

/** A QR code of a text; a quarter of it may be lost on a crumpled poster. */
export function qrOf(text: string): QrPicture {
  const { data, size } = encode(text, { ecc: 'Q', border: quiet })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return { path, size }
}

/** The code as a picture of its own, which grows without blurring. */
export function qrSvg(text: string): string {
  const { path, size } = qrOf(text)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}
