/** The parts of the text at the left, with how many figures stand in each and how many of them are missing. */
import { markOf } from '../../domain/reports/gongwen/marks.ts'
import { figuresIn, type Section } from '../../domain/reports/summaries/model.ts'
import { goToBlock } from './textEditor.ts'
import { useWatched, type Workspace } from './workspace.ts'

export function Outline({ workspace }: { workspace: Workspace }) {
  const { body } = useWatched(workspace)
  const here = sectionOfCaret(workspace)
  const marks = marksOf(body.sections)
  return (
    <nav className="mz-outline mz-no-print" aria-label="提纲">
      <h2>提纲</h2>
      <ol>
        {body.sections.map((section, i) => (
          <li key={section.id}>
            <button
              type="button"
              className={`mz-outline-${section.level}`}
              aria-current={section.id === here ? 'true' : undefined}
              onClick={() =>
                goToBlock(workspace.editor, section.title ? section.id : (section.paragraphs[0]?.id ?? ''))
              }
            >
              <span>{section.title ? `${marks[i]}${section.title}` : '开头'}</span>
              <Counts workspace={workspace} section={section} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Counts({ workspace, section }: { workspace: Workspace; section: Section }) {
  const figures = section.paragraphs.flatMap((p) => figuresIn(p.runs))
  const missing = figures.filter((run) => workspace.answer(run)?.missing).length
  if (figures.length === 0) return null
  return (
    <small title={`${figures.length} 个数据${missing ? `，缺 ${missing} 个` : ''}`}>
      {figures.length}
      {missing > 0 && <i>缺{missing}</i>}
    </small>
  )
}

/** As they are numbered when printed. */
function marksOf(sections: Section[]): string[] {
  const counts = [0, 0, 0, 0]
  return sections.map(({ level, title }) => {
    if (!title) return ''
    counts[level] = (counts[level] ?? 0) + 1
    counts.fill(0, level + 1)
    return markOf(level, counts[level] ?? 1)
  })
}

function sectionOfCaret({ editor, body }: Workspace): string | null {
  const { selection, doc } = editor.state
  const id = String(doc.childCount > 0 ? (selection.$from.node(1)?.attrs.id ?? '') : '')
  return body.sections.find((s) => s.id === id || s.paragraphs.some((p) => p.id === id))?.id ?? null
}
