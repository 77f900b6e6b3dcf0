/** 人: the page of one person. */
import type { PersonCard } from '../../domain/structure/people/contract.ts'
import { paths, useParam } from '../app/address.tsx'
import { Loaded, Page } from '../kit/Page.tsx'
import { PersonActs } from './acts.tsx'
import { PersonSheets, usePerson } from './view.tsx'

export function PersonPage() {
  const found = usePerson(useParam('id'))
  return (
    <Loaded of={found} rows={10}>
      {(page) => (
        <Page
          title={page.person.name}
          above={[{ title: '团员', to: paths.members() }]}
          about={nowOf(page.person)}
          actions={<PersonActs page={page} />}
        >
          <PersonSheets page={page} />
        </Page>
      )}
    </Loaded>
  )
}

/** Where the person stands now: 柳河村团支部团员 · 柳河村团支部书记. */
function nowOf(person: PersonCard): string {
  const inForce = <Span extends { to: string | null }>(spans: Span[]) => spans.filter((s) => s.to === null)
  return [
    ...inForce(person.memberships).map((m) => `${m.orgName}团员`),
    ...inForce(person.appointments).map((a) => `${a.orgName} ${a.postTitle}`),
  ].join(' · ')
}
