/** Pairs at the left, the open one at the right; J and K walk through them. */
import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Pagination, Tag } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Verdict } from '../../domain/structure/merges/contract.ts'
import { useSearchState } from '../app/address.tsx'
import type { Problem } from '../app/client.ts'
import { EmptyState, Failure } from '../kit/Page.tsx'
import { useKeys } from './keys.ts'

interface ListedPair {
  id: string
  score: number
  reasons: { code: string; words: string; weight: number }[]
  verdict: Verdict | null
}

interface PairListProps<P extends ListedPair> {
  pairs: P[] | undefined
  total: number
  problem: Problem | null
  retry: () => void
  /** Both sides, each on a line of its own. */
  lines: (pair: P) => [ReactNode, ReactNode]
  what: string
  /** The comparison; `next` goes on to the pair after this one. */
  children: (pair: P, next: () => void) => ReactNode
}

export const PAGE_SIZE = 30

export function PairList<P extends ListedPair>(props: PairListProps<P>) {
  const { pairs, total } = props
  const [search, change] = useSearchState()
  const chosen = pairs?.find((p) => p.id === search.row)
  const wide = useRef(window.matchMedia('(min-width: 961px)').matches)
  const open = chosen ?? (wide.current ? pairs?.[0] : undefined)
  const at = pairs && open ? pairs.indexOf(open) : -1
  const go = (to: number) => {
    const pair = pairs?.[Math.max(0, Math.min((pairs?.length ?? 1) - 1, to))]
    if (pair) change({ row: pair.id })
  }
  useKeys({ j: () => go(at + 1), k: () => go(at - 1) })
  if (props.problem) return <Failure problem={props.problem} retry={props.retry} />
  if (!pairs) return <p className="mz-dup-busy">正在比对……</p>
  if (pairs.length === 0)
    return (
      <EmptyState
        title={`没有疑似重复的${props.what}`}
        hint="同名、同电话、同一天同一件事的，一登记就会出现在这里；登记时也会先提示。"
      />
    )
  const next = () => {
    const after = pairs[at + 1] ?? pairs[at - 1]
    change({ row: wide.current ? after?.id : undefined })
  }
  return (
    <div className={chosen ? 'mz-dup mz-dup-open' : 'mz-dup'}>
      <nav className="mz-dup-list" aria-label={`疑似重复的${props.what}`}>
        <p className="mz-dup-count">
          {total} 组<span className="mz-quiet">J、K 上下换组</span>
        </p>
        <ul>
          {pairs.map((p) => (
            <li key={p.id}>
              <PairButton
                pair={p}
                lines={props.lines(p)}
                open={p.id === open?.id}
                choose={() => change({ row: p.id })}
              />
            </li>
          ))}
        </ul>
        {total > PAGE_SIZE && (
          <Pagination
            size="small"
            total={total}
            pageSize={PAGE_SIZE}
            current={Number(search.page) || 1}
            showSizeChanger={false}
            onChange={(page) => change({ page: page > 1 ? String(page) : undefined, row: undefined })}
          />
        )}
      </nav>
      {open && (
        <section className="mz-dup-pair" aria-label="并排比对">
          <Button
            className="mz-dup-back"
            icon={<ArrowLeftOutlined />}
            onClick={() => change({ row: undefined })}
          >
            回到列表
          </Button>
          {props.children(open, next)}
        </section>
      )}
    </div>
  )
}

interface PairButtonProps {
  pair: ListedPair
  lines: [ReactNode, ReactNode]
  open: boolean
  choose: () => void
}

function PairButton({ pair, lines, open, choose }: PairButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (open) button.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <button
      ref={button}
      type="button"
      className="mz-dup-item"
      aria-current={open ? 'true' : undefined}
      onClick={choose}
    >
      <span className="mz-dup-item-lines">
        <span>{lines[0]}</span>
        <span>{lines[1]}</span>
        <small>
          {pair.verdict?.verdict === 'proposed' && <Tag color="gold">{pair.verdict.by}提请合并</Tag>}
          {pair.verdict?.verdict === 'distinct' && <Tag>不重复</Tag>}
          {pair.reasons
            .filter((r) => r.weight > 0)
            .slice(0, 3)
            .map((r) => r.words)
            .join('、')}
        </small>
      </span>
      <Score value={pair.score} />
    </button>
  )
}

/** 把握: how sure the system is, in hundredths. */
export function Score({ value }: { value: number }) {
  const level = value >= 90 ? 'high' : value >= 75 ? 'middle' : 'low'
  return (
    <span className={`mz-dup-score mz-dup-score-${level}`} title={`把握 ${value}（满分 99）`}>
      {value}
    </span>
  )
}
