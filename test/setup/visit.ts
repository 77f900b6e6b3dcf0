/** A person of the demo with a browser of their own, signed in as a user does it. */
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** As the sign-in page names them. */
export type Role = '村团支部书记' | '镇团委书记' | '团县委干事' | '团员' | '市级审阅人'
export type Device = keyof typeof devices

export const devices = {
  office: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const

const usual = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true } as const

/** @returns a page that stands where the role's day begins. Whoever asks closes its context. */
export async function visit(browser: Browser, url: string, role: Role, device: Device): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ ...usual, ...devices[device], baseURL: url })
  const page = await context.newPage()
  await page.goto(device === 'phone' ? '/m/sign-in' : '/sign-in')
  await page.getByRole('button', { name: new RegExp(`^${role}`) }).click()
  await page.waitForURL((now) => !now.pathname.endsWith('/sign-in'))
  return page
}
