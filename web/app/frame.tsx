/** What stands around every page: lines of work, organisation, period, search, inbox, who am I. */
import { Outlet, useRouterState } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { getMe } from '../../domain/structure/accounts/contract.ts'
import { getOrganisation } from '../../domain/structure/organisations/contract.ts'
import { periodOf } from '../../kernel/period.ts'
import { EvidenceDrawer } from '../kit/EvidenceDrawer.tsx'
import { EmptyState, Failure } from '../kit/Page.tsx'
import { useSearchState } from './address.tsx'
import { FrameContext, type FrameState, periodFrom, useFrame } from './frameState.tsx'
import { type Me, MeContext } from './me.ts'
import { Nav } from './nav.tsx'
import { rememberOrg } from './orgSwitch.tsx'
import { useRemembered } from './preferences.ts'
import { useFetch } from './queries.ts'
import { TopBar } from './topBar.tsx'

const MyselfPage = lazy(async () => ({ default: (await import('../people/myself.tsx')).MyselfPage }))

export function Frame() {
  const me = useFetch(getMe, {})
  if (me.error)
    return me.error.status === 401 ? null : <Failure problem={me.error} retry={() => void me.refetch()} />
  if (!me.data) return <Skeleton active className="mz-frame-waiting" />
  return (
    <MeContext.Provider value={me.data}>
      <FrameOfMe me={me.data} />
    </MeContext.Provider>
  )
}

function FrameOfMe({ me }: { me: Me }) {
  const [search] = useSearchState()
  const wanted = search.org ?? me.home?.id
  const found = useFetch(
    getOrganisation,
    { params: { id: wanted ?? '' } },
    { enabled: wanted !== undefined, keepLast: true },
  )
  const [narrow, setNarrow] = useRemembered('navNarrow', false)
  if (!wanted)
    return (
      <Suspense fallback={<Skeleton active className="mz-frame-waiting" />}>
        <MyselfPage name={me.name} demo={me.demo} />
      </Suspense>
    )
  if (found.error && !found.data) return <WrongOrg title={found.error.title} />
  if (!found.data) return <Skeleton active className="mz-frame-waiting" />
  return (
    <FrameProvider me={me} org={found.data.organisation}>
      <div className="mz-frame">
        <Nav narrow={narrow} setNarrow={setNarrow} />
        <div className="mz-main">
          <TopBar />
          <PrintHead />
          <PageSpace>
            <Outlet />
          </PageSpace>
        </div>
      </div>
      <EvidenceDrawer />
    </FrameProvider>
  )
}

function WrongOrg({ title }: { title: string }) {
  const [, change] = useSearchState()
  return (
    <EmptyState
      title={title}
      hint="这个组织不存在，或不在您的职务范围内。"
      action={
        <button type="button" className="mz-link-button" onClick={() => change({ org: undefined })}>
          回到我的组织
        </button>
      }
    />
  )
}

/** What a sheet of paper must say by itself. */
function PrintHead() {
  const { org, period, today } = useFrame()
  return (
    <p className="mz-only-print mz-print-head">
      {org.name} · {period.label} · 打印于 {today}
    </p>
  )
}

/** Moving to another page starts at its top, for eyes and for screen readers. */
function PageSpace({ children }: { children: ReactNode }) {
  const pathname = useRouterState({ select: (s) => s.location.pathname })
  useEffect(() => {
    if (pathname) document.getElementById('mz-content')?.scrollTo(0, 0)
  }, [pathname])
  return (
    <main id="mz-content" className="mz-content">
      {children}
    </main>
  )
}

const earlier = (...days: string[]): string => days.sort()[0] ?? ''

function FrameProvider(props: { me: Me; org: FrameState['org']; children: ReactNode }) {
  const { me, org, children } = props
  const [search, change] = useSearchState()
  const { period: id, until } = search
  const frame = useMemo((): FrameState => {
    const period = periodFrom(id, until, periodOf(me.today))
    return {
      org,
      period,
      until: until && until === period.to ? until : null,
      asOf: earlier(period.to, me.today),
      today: me.today,
      setOrg: (next) => change({ org: next, page: undefined, row: undefined }, 'push'),
      setPeriod: (next, cut) => change({ period: next, until: cut ?? undefined, page: undefined }, 'push'),
    }
  }, [org, id, until, me.today, change])
  useEffect(() => rememberOrg(org), [org])
  return <FrameContext.Provider value={frame}>{children}</FrameContext.Provider>
}
