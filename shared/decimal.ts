/** A number in decimal notation, units / 10^scale, so that 129.70 × 100 is 12970 and not a binary neighbour. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i
const ten = (power: number): bigint => 10n ** BigInt(power)

/** Digits that a double surely holds; what stands behind them is the noise of binary fractions. */
const SURE_DIGITS = 15
/** A number is taken for a shorter one with noise only if it becomes shorter by so many digits. */
const NOISE_DIGITS = 3

/** The number as it was meant: 59.699999999999996 is 59.7. */
export function withoutNoise(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value
  const sure = Number(value.toPrecision(SURE_DIGITS))
  return String(value).length - String(sure).length >= NOISE_DIGITS ? sure : value
}

/** A number, or a text that writes one plainly ("12.50", "-3", "1,280"); undefined for whatever else. */
export function decimalOf(value: unknown): Decimal | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? read(String(withoutNoise(value))) : undefined
  if (typeof value !== 'string' || value.length > 60) return undefined
  const text = value.normalize('NFKC').trim()
  return read(/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text)
}

function read(text: string): Decimal | undefined {
  const found = WRITTEN.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found
  if (whole === '' && fraction === '') return undefined
  const scale = fraction.length - Number(exponent)
  const units = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`)
  return shortest(scale < 0 ? { units: units * ten(-scale), scale: 0 } : { units, scale })
}

/** Without the zeros at its end. */
function shortest({ units, scale }: Decimal): Decimal {
  let shorter = units
  let places = scale
  while (places > 0 && shorter % 10n === 0n) {
    shorter /= 10n
    places -= 1
  }
  return { units: shorter, scale: places }
}

/** The same number with at least so many places. */
function widened({ units, scale }: Decimal, places: number): bigint {
  return units * ten(places - scale)
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n)

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return shortest({ units: widened(a, scale) + widened(b, scale), scale })
}

export function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return shortest({ units: a.units * b.units, scale: a.scale + b.scale })
}

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const difference = widened(a, scale) - widened(b, scale)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/**
 * The quotient where it comes to an end (1250 / 100 = 12.5). Where it does not, whole numbers give the whole
 * number below, as Liquid has it, and others as many places as they have themselves. Undefined for b = 0.
 */
export function divide(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.units === 0n) return undefined
  const scale = Math.max(a.scale, b.scale)
  const above = widened(a, scale)
  const below = widened(b, scale)
  const common = greatestCommonDivisor(abs(above), abs(below))
  const places = placesOf(abs(below) / common)
  if (places !== undefined) return shortest({ units: (above * ten(places)) / below, scale: places })
  if (scale === 0) return { units: floorDivide(above, below), scale: 0 }
  return shortest({ units: roundDivide(above * ten(scale), below), scale })
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a || 1n : greatestCommonDivisor(b, a % b)
}

/** Places after which a fraction with that denominator ends, or undefined where it never does. */
function placesOf(denominator: bigint): number | undefined {
  let rest = denominator
  let twos = 0
  let fives = 0
  for (; rest % 2n === 0n; rest /= 2n) twos += 1
  for (; rest % 5n === 0n; rest /= 5n) fives += 1
  return rest === 1n ? Math.max(twos, fives) : undefined
}

/** What is left over; it has the divisor's sign. Undefined for b = 0. */
export function remainder(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.units === 0n) return undefined
  const scale = Math.max(a.scale, b.scale)
  const above = widened(a, scale)
  const below = widened(b, scale)
  return shortest({ units: above - floorDivide(above, below) * below, scale })
}

/** Halves go away from zero, as people round. */
function roundDivide(a: bigint, b: bigint): bigint {
  const quotient = (2n * abs(a) + abs(b)) / (2n * abs(b))
  return a < 0n !== b < 0n ? -quotient : quotient
}

/** To a number of places; a negative one rounds to tens, hundreds and so on. */
export function round(a: Decimal, places: number): Decimal {
  if (places >= a.scale) return a
  const units = roundDivide(a.units, ten(a.scale - places))
  return places >= 0 ? shortest({ units, scale: places }) : { units: units * ten(-places), scale: 0 }
}

export function floor({ units, scale }: Decimal): Decimal {
  return { units: floorDivide(units, ten(scale)), scale: 0 }
}

export function ceil(a: Decimal): Decimal {
  return negate(floor(negate(a)))
}

/** In plain digits: never "1e+21", and no zeros at the end of a fraction. */
export function writeDecimal(a: Decimal): string {
  const { units, scale } = shortest(a)
  const digits = abs(units)
    .toString()
    .padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** As a number where a double holds it, else as text, so that no digit is lost. */
export function plainValue(a: Decimal): number | string {
  const text = writeDecimal(a)
  const number = Number(text)
  const back = decimalOf(number)
  return back !== undefined && writeDecimal(back) === text ? number : text
}
