/** The phone's shell: one column, the bar at the bottom, what waits to be sent. */
import { type ComponentType, lazy, type MouseEvent, type ReactNode, Suspense, useEffect } from 'react'
import { Nothing, Waiting } from './kit.tsx'
import { useMine } from './known.ts'
import { OutboxNote } from './outbox.tsx'
import { type PhonePageProps, SIGN_IN } from './pageProps.ts'
import { type PhonePage, phonePages } from './pages.ts'
import { goTo, usePlace } from './place.ts'

const loaded = new Map<PhonePage, ComponentType<PhonePageProps>>()

/** A page is made lazy once, so that going back shows it at once. */
function componentOf(page: PhonePage): ComponentType<PhonePageProps> {
  const known = loaded.get(page)
  if (known) return known
  const made = lazy(() =>
    page.load().catch(() => {
      loaded.delete(page)
      return { default: Unreached }
    }),
  )
  loaded.set(page, made)
  return made
}

const Unreached = () => <Nothing title="没有信号，这一页打不开" hint="记下的不会丢。有信号时再点一次。" />

const AHEAD_MS = 1500

/** Pages are fetched while there is a signal, so that they open without one. */
function usePagesAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => phonePages.forEach((p) => void p.load().catch(() => {})), AHEAD_MS)
    return () => clearTimeout(timer)
  }, [])
}

export function PhoneFrame() {
  const { path } = usePlace()
  const page = phonePages.find((p) => p.pattern.test(path))
  const parts = (page?.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent)
  const Shown = page && componentOf(page)
  usePagesAhead()
  return (
    <div className="mp-frame">
      <OutboxNote />
      <main className="mp-content">
        <Suspense fallback={<Waiting />}>
          {Shown ? <Shown parts={parts} /> : <p className="mp-none">没有这一页，请点下面的“工作台”。</p>}
        </Suspense>
      </main>
      {path !== SIGN_IN && <BottomBar path={path} />}
    </div>
  )
}

const TABS: { path: string; title: string; icon: ReactNode }[] = [
  { path: '/', title: '工作台', icon: <path d="M4 5h7v7H4zM13 5h7v4h-7zM13 11h7v8h-7zM4 14h7v5H4z" /> },
  { path: '/record', title: '记一笔', icon: <path d="M12 5v14M5 12h14" /> },
  {
    path: '/ledgers',
    title: '台账',
    icon: <path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM9 9h6M9 13h6" />,
  },
  {
    path: '/me',
    title: '我的',
    icon: <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6" />,
  },
]

function BottomBar({ path }: { path: string }) {
  const isHere = (tab: string) =>
    path === tab ||
    (tab !== '/' && path.startsWith(`${tab}/`)) ||
    (tab === '/ledgers' && path.startsWith('/records/'))
  const follow = (event: MouseEvent, tab: string) => {
    event.preventDefault()
    goTo(tab)
  }
  // Someone without a post has nothing to record; what is theirs stands under the first and the last tab.
  const holdsPost = useMine().data?.home !== null
  const tabs = TABS.filter((tab) => holdsPost || tab.path === '/' || tab.path === '/me')
  return (
    <nav className="mp-bar" aria-label="主菜单">
      {tabs.map((tab) => (
        <a
          key={tab.path}
          href={`/m${tab.path}`}
          aria-current={isHere(tab.path) ? 'page' : undefined}
          onClick={(e) => follow(e, tab.path)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            {tab.icon}
          </svg>
          {tab.title}
        </a>
      ))}
    </nav>
  )
}
