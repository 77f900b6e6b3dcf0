/** One person: card, 团籍 and 任职, 历程, activities, who changed what. The same on the page and in a list's drawer. */
import { Alert, Tag } from 'antd'
import { getParticipation } from '../../domain/records/participation/contract.ts'
import {
  APPOINTMENT_MODES,
  DISMISSAL_REASONS,
  OFFICER_KINDS,
} from '../../domain/structure/appointments/posts.ts'
import { END_REASONS, START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import { IDENTITY_STATES } from '../../domain/structure/people/codes.ts'
import { getPerson, type PersonCard, type PersonPage } from '../../domain/structure/people/contract.ts'
import { personExport } from '../../domain/structure/people/words.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { MaskedText } from '../kit/MaskedText.tsx'
import { Loaded, Sheet, Timeline } from '../kit/Page.tsx'
import { changesInWords } from './history.ts'
import { lifeOf } from './life.ts'
import { SpanMenu } from './SpanMenu.tsx'
import { dayShown, titleIn } from './words.ts'
import './people.css'

export const usePerson = (id: string) => {
  const { asOf } = useFrame()
  return useFetch(getPerson, { params: { id }, query: { asOf } }, { keepLast: true })
}

export function PersonView({ id }: { id: string }) {
  const found = usePerson(id)
  return (
    <Loaded of={found} rows={10}>
      {(page) => <PersonSheets page={page} />}
    </Loaded>
  )
}

export function PersonSheets({ page }: { page: PersonPage }) {
  const { person, until } = page
  return (
    <div className="mz-person-sheets">
      {until && (
        <Alert
          type="info"
          showIcon
          message={`${person.name}已经不在您管理的组织里。这里是截至 ${until} 的情况，号码和后来的变化由他现在的组织管理。`}
        />
      )}
      <Card page={page} />
      <Memberships page={page} />
      <Posts page={page} />
      <Sheet title="历程">
        <Timeline moments={lifeOf(page)} />
      </Sheet>
      <Activities personId={person.personId} />
      <Changes page={page} />
    </div>
  )
}

const STATE_COLOURS: Record<string, string> = { verified: 'green', unverified: 'gold', pending: 'gold' }

function Card({ page }: { page: PersonPage }) {
  const { person, may } = page
  const say = (key: keyof typeof personExport) => personExport[key].value(person)
  const facts: [string, string | number | null][] = [
    ['性别', say('sex')],
    ['出生日期', person.birthDate && `${say('birth')}${person.age === null ? '' : `（${person.age} 岁）`}`],
    ['民族', say('ethnicity')],
    ['学历', say('education')],
    ['政治面貌', say('politics')],
    ['入团时间', say('joined')],
    ['职业', person.occupation],
    ['籍贯', person.nativePlace],
  ]
  const masked = { personId: person.personId, mayReveal: may.reveal }
  return (
    <Sheet>
      <dl className="mz-person-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || <span className="mz-none">—</span>}</dd>
          </div>
        ))}
        <div>
          <dt>身份证号</dt>
          <dd>
            <MaskedText {...masked} kind="idNumber" masked={person.idNoMasked} />
          </dd>
        </div>
        <div>
          <dt>联系电话</dt>
          <dd>
            <MaskedText {...masked} kind="phone" masked={person.phoneMasked} />
          </dd>
        </div>
      </dl>
      <div className="mz-person-tags">
        <Tag color={STATE_COLOURS[person.identityState] ?? 'default'}>
          {titleIn(IDENTITY_STATES, person.identityState)}
        </Tag>
        {person.dualMember && <Tag>保留团籍的党员</Tag>}
        {person.mobile && (
          <Tag color="blue">流动团员{person.mobile.place ? `：${person.mobile.place}` : ''}</Tag>
        )}
        {person.graduateVillageOfficial && <Tag>大学生村官</Tag>}
      </div>
    </Sheet>
  )
}

interface Dated {
  from: string | null
  fromPrecision: string
  to: string | null
}

const during = (span: Dated) =>
  `${dayShown(span.from, span.fromPrecision)} ${span.to ? `至 ${span.to.slice(0, 10)}` : '至今'}`

function Memberships({ page }: { page: PersonPage }) {
  const { person, may } = page
  return (
    <Sheet title="团籍" flush>
      {person.memberships.length === 0 ? (
        <p className="mz-person-nothing">没有登记团籍。</p>
      ) : (
        <table className="mz-rows">
          <tbody>
            {person.memberships.map((m) => (
              <tr key={m.id} className={m.to ? 'mz-row-past' : ''}>
                <td>
                  <GoLink to={paths.organisation(m.orgId)}>{m.orgName}</GoLink>
                </td>
                <td>{during(m)}</td>
                <td>
                  {[
                    titleIn(START_REASONS, m.startReason),
                    m.endReason && titleIn(END_REASONS, m.endReason),
                    m.memberNo && `编号 ${m.memberNo}`,
                  ]
                    .filter(Boolean)
                    .join('，')}
                </td>
                <td className="mz-row-acts">
                  {may.change && <SpanMenu kind="membership" span={m} name={person.name} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}

export const postInWords = (post: PersonCard['appointments'][number]) =>
  [
    post.mode && titleIn(APPOINTMENT_MODES, post.mode),
    post.officerKind && titleIn(OFFICER_KINDS, post.officerKind),
    post.endReason && titleIn(DISMISSAL_REASONS, post.endReason),
  ]
    .filter(Boolean)
    .join('，')

function Posts({ page }: { page: PersonPage }) {
  const { person, may } = page
  if (person.appointments.length === 0) return null
  return (
    <Sheet title="任职" flush>
      <table className="mz-rows">
        <tbody>
          {person.appointments.map((post) => (
            <tr key={post.id} className={post.to ? 'mz-row-past' : ''}>
              <td>
                <GoLink to={`${paths.organisation(post.orgId)}?tab=board`}>{post.orgName}</GoLink>
                {'　'}
                {post.postTitle}
              </td>
              <td>{during(post)}</td>
              <td>{postInWords(post)}</td>
              <td className="mz-row-acts">
                {may.change && <SpanMenu kind="appointment" span={post} name={person.name} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  )
}

function Activities({ personId }: { personId: string }) {
  const found = useFetch(getParticipation, { params: { id: personId } })
  return (
    <Sheet title="参加的活动" flush>
      <Loaded of={found} rows={3}>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className="mz-person-nothing">还没有。台账的名单里有这个人，这里就有。</p>
          ) : (
            <table className="mz-rows">
              <tbody>
                {entries.map((e) => (
                  <tr key={`${e.recordId} ${e.role}`}>
                    <td>{dayShown(e.day, e.dayPrecision)}</td>
                    <td>
                      <GoLink to={paths.record(e.recordId)}>{e.title || e.ledgerTitle}</GoLink>
                    </td>
                    <td>{e.orgName}</td>
                    <td>
                      {[
                        e.roleTitle,
                        e.hours !== null && `${e.hours} 小时`,
                        e.points !== null && `${e.points} 分`,
                        e.amount !== null && `${e.amount} 元`,
                      ]
                        .filter(Boolean)
                        .join('，')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Sheet>
  )
}

function Changes({ page }: { page: PersonPage }) {
  if (page.history.length === 0) return null
  return (
    <Sheet title="修改和查看记录">
      <Timeline
        moments={page.history.map((h, i) => ({
          id: `${h.at} ${i}`,
          when: h.at.slice(0, 16),
          what: `${h.by}　${h.verb}`,
          detail: changesInWords(h.detail),
        }))}
      />
    </Sheet>
  )
}
