import { Button, Drawer, Input, Segmented } from 'antd'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { peopleAnswer, type WhoAtNode } from '../../../shared/api/people.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import styles from './People.module.css'
import { PeopleActions } from './PeopleActions.tsx'
import { PeopleTable } from './PeopleTable.tsx'

/** Who stands on the node whose number was clicked. */
export function PeopleDrawer() {
  const { t } = useTranslation('people')
  const { screen } = useCanvas()
  const format = useFormat()
  const node = useStore(screen, (state) => state.people)
  const name = useDocument(({ journey }) => (node === null ? undefined : journey.nodes[node]?.name))
  return (
    <Drawer
      open={node !== null}
      size={640}
      title={t('title', { node: name === undefined ? (node ?? '') : format.text(name) })}
      destroyOnHidden
      onClose={() => screen.setState({ people: null })}
      data-testid="people-drawer"
    >
      {node === null ? null : <People key={node} node={node} />}
    </Drawer>
  )
}

type Only = 'all' | 'stuck'

/** Chosen one by one, or all who answer the search, whether they have been read or not. */
type Chosen = readonly number[] | 'everybody'

function People({ node }: { node: string }) {
  const { t } = useTranslation('people')
  const { meta, screen } = useCanvas()
  const format = useFormat()
  const journeyId = useStore(meta, (state) => state.id)
  const version = useStore(screen, (state) => state.version)
  const graph = useDocument((state) => state.journey)
  const [only, setOnly] = useState<Only>('all')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<Chosen>([])
  const asked = useDeferredValue(search.trim())
  const filters = {
    ...(asked === '' ? {} : { search: asked }),
    ...(only === 'all' ? {} : { only }),
    ...(version === null ? {} : { version: String(version) }),
  }
  const path = `/journeys/${encodeURIComponent(journeyId)}/nodes/${encodeURIComponent(node)}/people`
  const pages = usePages(path, peopleAnswer, filters, 'after')
  const people = pages.data?.pages.flatMap((page) => page.people) ?? []
  const { total = 0, stuck = 0 } = pages.data?.pages.at(-1) ?? {}
  if (pages.error) return <ProblemAlert problem={asProblem(pages.error)} />
  const ids = chosen === 'everybody' ? people.map(({ enrollmentId }) => enrollmentId) : chosen
  const count = chosen === 'everybody' ? total : chosen.length
  const who: WhoAtNode =
    chosen === 'everybody'
      ? {
          all: true,
          only,
          ...(asked === '' ? {} : { search: asked }),
          ...(version === null ? {} : { version }),
        }
      : { enrollments: [...chosen] }
  const someStuck =
    chosen === 'everybody' ? stuck > 0 : people.some((one) => one.stuck && chosen.includes(one.enrollmentId))
  const change = (next: Chosen) => setChosen(next)
  return (
    <>
      <div className={styles.bar}>
        <Input
          className={styles.search ?? ''}
          allowClear
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('search')}
          aria-label={t('search')}
          maxLength={100}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            change([])
          }}
          data-testid="people-search"
        />
        <Segmented<Only>
          value={only}
          onChange={(next) => {
            setOnly(next)
            change([])
          }}
          options={[
            { value: 'all', label: t('all') },
            { value: 'stuck', label: stuck > 0 ? `${t('stuck')} ${format.count(stuck)}` : t('stuck') },
          ]}
        />
      </div>
      <div className={styles.chosen}>
        <span>
          {count === 0 ? (
            <>
              {t('total', { people: format.count(total) })}
              {total > 0 ? (
                <Button
                  type="link"
                  size="small"
                  onClick={() => change('everybody')}
                  data-testid="people-everybody"
                >
                  {t('everybody', { people: format.count(total) })}
                </Button>
              ) : null}
            </>
          ) : (
            <>
              {t('selected', { people: format.count(count) })}
              <Button type="link" size="small" onClick={() => change([])}>
                {t('clear')}
              </Button>
            </>
          )}
        </span>
        <PeopleActions
          people={count === 0 ? null : { journeyId, node, who, count }}
          stuck={someStuck}
          graph={graph}
          onDone={() => {
            change([])
            void pages.refetch()
          }}
        />
      </div>
      <PeopleTable
        journeyId={journeyId}
        people={people}
        busy={pages.isPending || pages.isPlaceholderData}
        chosen={ids}
        onChoose={change}
        empty={asked !== '' ? t('noneFound') : t(only === 'stuck' ? 'noneStuck' : 'none')}
        versions={new Set(people.map((one) => one.version)).size > 1}
      />
      {pages.hasNextPage ? (
        <div className={styles.more}>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
