export const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** One line: what was measured, beside what, and whether it reaches what is asked of it. */
export function line(name: string, measured: string, ratio: string, asked: string, ok: boolean): void {
  console.log(
    `${ok ? 'ok  ' : 'SHORT'} ${name.padEnd(34)} ${measured.padEnd(44)} ${ratio.padEnd(14)} ${asked}`,
  )
}
