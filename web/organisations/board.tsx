/** 班子: posts on a time line, who holds which since when, the term, what is vacant, who held it before. */
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { type Board, getBoard } from '../../domain/structure/appointments/contract.ts'
import { EDUCATION_LEVELS, titleOf } from '../../domain/structure/people/codes.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import { EmptyState, Loaded, Sheet } from '../kit/Page.tsx'
import { AppointDialog } from '../officers/appointDialog.tsx'
import { PostLine } from '../officers/postLine.tsx'
import { TermDialog } from '../officers/termDialog.tsx'
import { SpanMenu } from '../people/SpanMenu.tsx'
import { dayShown } from '../people/words.ts'

export function BoardTab({ orgId, asOf }: { orgId: string; asOf: string }) {
  const board = useFetch(getBoard, { params: { orgId }, query: { asOf } }, { keepLast: true })
  return <Loaded of={board}>{(found) => <BoardView board={found} />}</Loaded>
}

function BoardView({ board }: { board: Board }) {
  return (
    <>
      {board.may.change && <BoardActs board={board} />}
      {board.vacancies.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={board.vacancies.map((v) => v.message).join('；')}
          className="mz-org-vacancy"
        />
      )}
      <Sheet title="任期与更替" extra={<TermInWords board={board} />} flush>
        <PostLine board={board} />
      </Sheet>
      <Sheet title="现任" flush>
        {board.posts.length === 0 ? (
          <EmptyState title="还没有登记班子成员" hint="点“登记任职”，或者导入团干部名册。" />
        ) : (
          <table className="mz-plain">
            <thead>
              <tr>
                <th>职务</th>
                <th>姓名</th>
                <th>学历</th>
                <th>任职起</th>
                <th>联系电话</th>
                <th aria-label="办理" />
              </tr>
            </thead>
            <tbody>
              {board.posts.map((p) => (
                <tr key={p.id}>
                  <td>{p.postTitle}</td>
                  <td>
                    <GoLink to={paths.person(p.person.personId)}>{p.person.name}</GoLink>
                  </td>
                  <td>{p.person.education ? titleOf(EDUCATION_LEVELS, p.person.education) : '—'}</td>
                  <td>{dayShown(p.from, p.fromPrecision)}</td>
                  <td>{p.person.phoneMasked ?? '—'}</td>
                  <td className="mz-row-acts">
                    {board.may.change && (
                      <SpanMenu kind="appointment" span={{ ...p, endReason: null }} name={p.person.name} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Sheet>
      {board.former.length > 0 && (
        <Sheet title="历任" flush>
          <table className="mz-plain">
            <tbody>
              {board.former.map((p) => (
                <tr key={p.id}>
                  <td>{p.postTitle}</td>
                  <td>
                    <GoLink to={paths.person(p.personId)}>{p.name}</GoLink>
                  </td>
                  <td>
                    {dayShown(p.from, p.fromPrecision)} 至 {p.to?.slice(0, 10) ?? '今'}
                  </td>
                  <td className="mz-row-acts">
                    {board.may.change && <SpanMenu kind="appointment" span={p} name={p.name} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sheet>
      )}
    </>
  )
}

function BoardActs({ board }: { board: Board }) {
  const [act, setAct] = useState<'appoint' | 'term' | null>(null)
  const close = () => setAct(null)
  const { id, name } = board.org
  const [vacant] = board.vacancies
  return (
    <div className="mz-org-acts mz-no-print">
      <Button onClick={() => setAct('appoint')}>登记任职</Button>
      <Button onClick={() => setAct('term')}>换届</Button>
      {act === 'appoint' && (
        <AppointDialog
          org={{ id, name, fullName: name }}
          {...(vacant ? { post: vacant.post } : {})}
          close={close}
        />
      )}
      {act === 'term' && <TermDialog board={board} close={close} />}
    </div>
  )
}

function TermInWords({ board }: { board: Board }) {
  const { term } = board
  if (!term) return <span className="mz-quiet">没有登记任期</span>
  const ordinal = term.ordinal ? `第 ${term.ordinal} 届，` : ''
  return (
    <span className={term.overdue ? 'mz-org-overdue' : 'mz-quiet'}>
      {ordinal}
      {term.startedOn} 至 {term.dueOn ?? '未定'}
      {term.overdue && '，已到期未换届'}
    </span>
  )
}
