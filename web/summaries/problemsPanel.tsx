/** 不足: what the figures themselves suggest, each with a next step; written into the text by a click. */
import { Button } from 'antd'
import { type Problem, proposeProblems } from '../../domain/reports/summaries/contract.ts'
import { figuresIn, type Paragraph } from '../../domain/reports/summaries/model.ts'
import { newId } from '../../kernel/id.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import { EmptyState, Loaded } from '../kit/Page.tsx'
import { appendTo } from './textEditor.ts'
import { useWatched, type Workspace } from './workspace.ts'

export function ProblemsPanel({ workspace }: { workspace: Workspace }) {
  const proposed = useFetch(proposeProblems, { params: { id: workspace.summary.id } })
  return (
    <>
      <p className="mz-quiet mz-small mz-side-lead">
        由台账和名册里的数据提出，只供选用；写不写、怎么写由您定。
      </p>
      <Loaded of={proposed}>
        {({ problems }) =>
          problems.length === 0 ? (
            <EmptyState title="数据里没有看出要写的不足" />
          ) : (
            <ul className="mz-problems">
              {problems.map((p) => (
                <Proposed key={p.key} workspace={workspace} problem={p} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

const ORGS_SHOWN = 6

function Proposed({ workspace, problem }: { workspace: Workspace; problem: Problem }) {
  return (
    <li>
      <h3>{problem.title}</h3>
      <Sentence
        workspace={workspace}
        paragraph={problem.paragraph}
        words={problem.words}
        section="problems"
      />
      <Sentence
        workspace={workspace}
        paragraph={problem.nextStep}
        words={problem.nextStepWords}
        section="plans"
      />
      {problem.orgs.length > 0 && (
        <p className="mz-small mz-quiet">
          {problem.orgs.slice(0, ORGS_SHOWN).map((org) => (
            <GoLink key={org.id} to={paths.organisation(org.id)}>
              {org.name}
            </GoLink>
          ))}
          {problem.orgs.length > ORGS_SHOWN && <span>等 {problem.orgs.length} 个</span>}
        </p>
      )}
    </li>
  )
}

const TITLES = { problems: '不足', plans: '打算' }

/** Ids of the outline's sections. */
function Sentence(props: {
  workspace: Workspace
  paragraph: Paragraph
  words: string
  section: 'problems' | 'plans'
}) {
  const { workspace, paragraph, words, section } = props
  const { body } = useWatched(workspace)
  const there = body.sections.some((s) =>
    s.paragraphs.some((p) => p.origin?.kind === 'problem' && p.origin.key === paragraph.origin?.key),
  )
  return (
    <div className="mz-proposed">
      <p>{words}</p>
      <Button
        size="small"
        disabled={there}
        onClick={() => appendTo(workspace.editor, section, named(paragraph))}
      >
        {there ? '已写入' : `写入“${TITLES[section]}”`}
      </Button>
    </div>
  )
}

/** With names of its own: the same proposal may have been written in, deleted and written in again. */
const named = (paragraph: Paragraph): Paragraph => ({
  ...paragraph,
  id: newId(),
  runs: figuresIn(paragraph.runs).length
    ? paragraph.runs.map((r) => (r.type === 'figure' ? { ...r, ref: newId() } : r))
    : paragraph.runs,
})
