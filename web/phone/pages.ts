/** The pages of the phone client, one line each. `$` stands for a part of the path, given to the page in order. */
import type { ComponentType } from 'react'
import { type PhonePageProps, SIGN_IN } from './pageProps.ts'

export interface PhonePage {
  pattern: RegExp
  load: () => Promise<{ default: ComponentType<PhonePageProps> }>
}

type Module = Record<string, unknown>

export const page = <M extends Module>(
  path: string,
  load: () => Promise<M>,
  name: keyof M & string,
): PhonePage => ({
  pattern: new RegExp(`^${path.replace(/\$/g, '([^/]+)')}$`),
  load: async () => ({ default: (await load())[name] as ComponentType<PhonePageProps> }),
})

export const phonePages: PhonePage[] = [
  page(SIGN_IN, () => import('./signIn.tsx'), 'PhoneSignIn'),
  page('/', () => import('./desk.tsx'), 'PhoneDesk'),
  page('/record', () => import('./choose.tsx'), 'PhoneChoose'),
  page('/record/$', () => import('./record.tsx'), 'PhoneRecord'),
  page('/ledgers', () => import('./ledgers.tsx'), 'PhoneLedgers'),
  page('/ledgers/$', () => import('./ledgers.tsx'), 'PhoneLedger'),
  page('/records/$', () => import('./opened.tsx'), 'PhoneOpened'),
  page('/hosts', () => import('./hosts.tsx'), 'PhoneWaiting'),
  page('/figure', () => import('./figure.tsx'), 'PhoneFigure'),
  page('/outbox', () => import('./waiting.tsx'), 'PhoneOutbox'),
  page('/account', () => import('./account.tsx'), 'PhoneAccount'),
  page('/me', () => import('./me.tsx'), 'PhoneMe'),
]
