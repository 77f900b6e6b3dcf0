/** 数据: what may be counted, found by typing; the question; its answer down to the rows. */
import { Button } from 'antd'
import { useEffect } from 'react'
import { type FigureQuestion, getMeasures, type MeasureEntry } from '../../domain/indicators/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useRemembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import { CopyMenu, Evidence } from '../kit/EvidenceDrawer.tsx'
import { useFigure } from '../kit/figures.ts'
import { LackingButton } from '../kit/Lacking.tsx'
import { EmptyState, Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { Catalogue } from './catalogue.tsx'
import { Controls } from './controls.tsx'
import { type Asking, questionOf, useAsking } from './question.ts'
import './figures.css'

const MOST_RECENT = 8

export function FiguresPage() {
  const measures = useFetch(getMeasures, {})
  const frame = useFrame()
  const asking = useAsking()
  const [recent, setRecent] = useRemembered<string[]>('figures.recent', [])
  const { measure } = asking.chosen
  useEffect(() => {
    if (measure && recent[0] !== measure)
      setRecent([measure, ...recent.filter((m) => m !== measure)].slice(0, MOST_RECENT))
  }, [measure, recent, setRecent])
  const entry = measures.data?.measures.find((m) => m.id === measure)
  const question = entry && questionOf(asking.chosen, frame, entry.timing)
  return (
    <Page
      title="数据"
      about={`${frame.org.name}：每个数都打得开，看得到是哪几条记录`}
      actions={
        question && (
          <>
            {question.depth !== '0' && <LackingButton question={question} />}
            <CopyMenu question={question} />
          </>
        )
      }
    >
      <Loaded of={measures} rows={10}>
        {({ measures: all }) => (
          <div className="mz-figures">
            <Catalogue all={all} chosen={measure} recent={recent} ask={asking.ask} />
            {entry && question ? (
              <Answer entry={entry} asking={asking} question={question} />
            ) : (
              <NothingAsked unknown={measure !== ''} />
            )}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

const NothingAsked = ({ unknown }: { unknown: boolean }) => (
  <Sheet>
    <EmptyState
      title={unknown ? '没有这个指标' : '想知道哪个数？'}
      hint="输入指标的名称或拼音首字母，如“发展团员”或 fzty；选中以后再定组织、时间和条件。"
    />
  </Sheet>
)

interface AnswerProps {
  entry: MeasureEntry
  asking: Asking
  question: FigureQuestion
}

function Answer({ entry, asking, question }: AnswerProps) {
  return (
    <div className="mz-figures-answer">
      <Sheet title={entry.title}>
        <Controls entry={entry} asking={asking} />
      </Sheet>
      <Sheet>
        <Told key={JSON.stringify(question)} question={question} asking={asking} />
      </Sheet>
    </div>
  )
}

/** A refused question says why in the place of its answer. */
function Told({ question, asking }: Omit<AnswerProps, 'entry'>) {
  const { error, refetch } = useFigure(question)
  if (error?.code === 'severalUnits')
    return (
      <EmptyState
        title={error.title}
        action={<Button onClick={() => asking.change({ group: 'thing' })}>分开列出</Button>}
      />
    )
  if (error) return <Failure problem={error} retry={() => void refetch()} />
  return <Evidence question={question} />
}
