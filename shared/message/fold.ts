/** Full-width forms as half-width ones, in lower case. One UTF-16 unit stays one, so places are kept. */
export function fold(text: string): string {
  return text.replace(/[A-Z\u3000\uff01-\uff5e]/g, (unit) =>
    String.fromCharCode(foldUnit(unit.charCodeAt(0))),
  )
}

/** The same for one UTF-16 unit. */
export function foldUnit(unit: number): number {
  const half = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit === 0x3000 ? 0x20 : unit
  return half >= 0x41 && half <= 0x5a ? half + 0x20 : half
}
