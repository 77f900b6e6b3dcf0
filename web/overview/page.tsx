/** 概览: one organisation's period at a glance, by line of work. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import type { Overview, OverviewBlock, OverviewLine } from '../../domain/indicators/overview/contract.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { Headline } from './Headline.tsx'
import { useAgainst, useOverview } from './query.ts'
import './overview.css'

export function OverviewPage() {
  const { org, period } = useFrame()
  const overview = useOverview()
  const [against, setAgainst] = useAgainst()
  const go = useGo()
  return (
    <Page
      title="概览"
      about={`${org.name}，${period.label}`}
      actions={
        <>
          <Segmented
            value={against}
            onChange={setAgainst}
            options={[
              { value: 'yearBefore', label: '对照去年同期' },
              { value: 'preceding', label: '对照上一期' },
            ]}
          />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            打印
          </Button>
          <Button onClick={() => go(paths.coverage())}>看覆盖</Button>
        </>
      }
    >
      <Loaded of={overview} rows={10}>
        {(found) => <Lines overview={found} />}
      </Loaded>
    </Page>
  )
}

function Lines({ overview }: { overview: Overview }) {
  const [against] = useAgainst()
  const word = against === 'preceding' ? '上一期' : '去年同期'
  return (
    <>
      <p className="mz-overview-about">
        {word}是{overview.before.label}。<span className="mz-no-print">点任何一个数，看它的每一行。</span>
      </p>
      {overview.lines.map((line) => (
        <Line key={line.title} line={line} against={word} />
      ))}
      {overview.quiet.length > 0 && <Quiet quiet={overview.quiet} />}
    </>
  )
}

function Line({ line, against }: { line: OverviewLine; against: string }) {
  return (
    <Sheet
      title={line.title}
      flush
      extra={
        <GoLink className="mz-no-print" to={paths.overviewLine(line.title)}>
          趋势、分布和各下级
        </GoLink>
      }
    >
      <div className="mz-blocks">
        {line.blocks.map((block) => (
          <Block key={block.id} block={block} against={against} />
        ))}
      </div>
    </Sheet>
  )
}

function Block({ block, against }: { block: OverviewBlock; against: string }) {
  const { recorded } = block
  return (
    <section className={block.id === 'structure' ? 'mz-block mz-block-wide' : 'mz-block'}>
      <header>
        <h3>
          {block.id === 'structure' ? (
            block.title
          ) : (
            <GoLink to={paths.ledger(block.id)}>{block.title}</GoLink>
          )}
        </h3>
        {recorded && recorded.count > 0 && (
          <span className="mz-quiet mz-small">
            {recorded.of} 个下级中 {recorded.count} 个有记录
          </span>
        )}
      </header>
      <dl>
        {block.figures.map((figure) => (
          <Headline key={figure.measure.id} figure={figure} within={block.title} against={against} />
        ))}
      </dl>
    </section>
  )
}

function Quiet({ quiet }: { quiet: Overview['quiet'] }) {
  const lines = [...new Set(quiet.map((q) => q.line))]
  return (
    <details className="mz-quiet-ledgers mz-no-print">
      <summary>另有 {quiet.length} 本台账这两个时段都没有记录</summary>
      {lines.map((line) => (
        <p key={line}>
          <span className="mz-quiet">{line}</span>
          {quiet
            .filter((q) => q.line === line)
            .map((q) => (
              <GoLink key={q.id} to={paths.ledger(q.id)}>
                {q.title}
              </GoLink>
            ))}
        </p>
      ))}
    </details>
  )
}

export const NothingYet = () => (
  <EmptyState title="这条工作还没有数" hint="记下第一笔，或者换一个时段、换一个组织。" />
)
