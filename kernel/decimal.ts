/** Exact decimal arithmetic for money, sums and shares: text in, text out, no floating point between. Browser-safe. */
import { invalid } from './errors.ts'

/** What may be given: '52600.50', 52600.5, 52600n. What is answered is always plain text without needless zeros. */
export type Decimal = string | number | bigint

/** cut: towards zero (去尾); round: half away from zero (四舍五入); up: away from zero. */
export type Rounding = 'cut' | 'round' | 'up'

/** value = units / 10^scale */
interface Parsed {
  units: bigint
  scale: number
}

const PATTERN = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i

function parse(value: Decimal): Parsed {
  const [, sign, whole = '', fraction = '', exponent = '0'] = PATTERN.exec(String(value).trim()) ?? []
  if (!whole) throw invalid('decimal', `“${value}”不是数字。`)
  const scale = fraction.length - Number(exponent)
  const units = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  return scale >= 0 ? { units, scale } : { units: units * tenTo(-scale), scale: 0 }
}

const tenTo = (power: number) => 10n ** BigInt(power)
const magnitude = (n: bigint) => (n < 0n ? -n : n)
const align = (value: Parsed, scale: number) => value.units * tenTo(scale - value.scale)

function print({ units, scale }: Parsed): string {
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const [n, d] = [magnitude(numerator), magnitude(denominator)]
  const rest = n % d
  const further = rounding === 'round' ? rest * 2n >= d : rounding === 'up' && rest > 0n
  const size = n / d + (further ? 1n : 0n)
  return numerator < 0n !== denominator < 0n ? -size : size
}

/** The same number without needless zeros: '0052600.50' → '52600.5'. @throws invalid `decimal` */
export const exact = (value: Decimal): string => print(parse(value))

export const isDecimal = (text: string): boolean => PATTERN.test(text.trim())

/** The sum; '0' of nothing. */
export function sum(values: Iterable<Decimal>): string {
  let total: Parsed = { units: 0n, scale: 0 }
  for (const value of values) {
    const next = parse(value)
    const scale = Math.max(total.scale, next.scale)
    total = { units: align(total, scale) + align(next, scale), scale }
  }
  return print(total)
}

export function subtract(a: Decimal, b: Decimal): string {
  const minus = parse(b)
  return sum([a, print({ units: -minus.units, scale: minus.scale })])
}

export function multiply(a: Decimal, b: Decimal): string {
  const [x, y] = [parse(a), parse(b)]
  return print({ units: x.units * y.units, scale: x.scale + y.scale })
}

/** Negative, 0 or positive, as sorting wants it. */
export function compare(a: Decimal, b: Decimal): number {
  const [x, y] = [parse(a), parse(b)]
  const scale = Math.max(x.scale, y.scale)
  const [left, right] = [align(x, scale), align(y, scale)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** numerator ÷ denominator to so many decimals, worked out from the exact parts. @throws invalid `decimal` for ÷ 0 */
export function ratio(
  numerator: Decimal,
  denominator: Decimal,
  decimals: number,
  rounding: Rounding,
): string {
  const [n, d] = [parse(numerator), parse(denominator)]
  if (d.units === 0n) throw invalid('decimal', '除数为 0，不能计算比值。')
  const scale = Math.max(n.scale, d.scale)
  const units = divide(align(n, scale) * tenTo(decimals), align(d, scale), rounding)
  return print({ units, scale: decimals })
}

/** To so many decimals; fewer when the number has fewer. */
export const toDecimals = (value: Decimal, decimals: number, rounding: Rounding): string =>
  ratio(value, 1n, decimals, rounding)
