/** What the browsers of our floor (Chromium 90, WKWebView 14) lack and shared code uses. Imported before all else. */

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const whole = Math.trunc(index) || 0
  return this[whole < 0 ? this.length + whole : whole]
}

function hasOwn(of: object, key: PropertyKey): boolean {
  return Object.hasOwn(of, key)
}

function findLast<T>(this: T[], test: (item: T, index: number, all: T[]) => unknown): T | undefined {
  for (let i = this.length - 1; i >= 0; i--) if (test(this[i] as T, i, this)) return this[i]
  return undefined
}

const lend = (to: object, name: string, value: unknown) => {
  if (!(name in to)) Object.defineProperty(to, name, { value, writable: true, configurable: true })
}

lend(Array.prototype, 'at', at)
lend(String.prototype, 'at', at)
lend(Array.prototype, 'findLast', findLast)
lend(Object, 'hasOwn', hasOwn)
