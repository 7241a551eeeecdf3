import { Button, Drawer, Popconfirm, Skeleton } from 'antd'
import { Activity, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { journeyList } from '../../shared/api/journeys.ts'
import { type OpenWork, openWorkList } from '../../shared/api/work.ts'
import { actorKinds, people } from '../../shared/audit/actor.ts'
import { api } from '../api/client.ts'
import { refresh, useApiQuery } from '../api/query.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { When } from '../ui/figures.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProgressLine } from '../ui/ProgressLine.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import styles from './UnderWay.module.css'

/** How often the list is read anew while somebody looks at it (ms). */
const everyMs = 1500

/** What the server is working out for the brand at the moment, and how to end it. */
export function UnderWay({ className }: { className: string }) {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={className} aria-expanded={open} onClick={() => setOpen(true)}>
        <Activity size={19} strokeWidth={1.7} aria-hidden />
        <span>{t('underWay.title')}</span>
      </button>
      <Drawer
        open={open}
        size={440}
        title={t('underWay.title')}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <List />
      </Drawer>
    </>
  )
}

function List() {
  const { t } = useTranslation('shell')
  const query = useApiQuery('/open-work', openWorkList, { refetchInterval: everyMs, staleTime: 0 })
  return (
    <>
      <p className={styles.about}>{t('underWay.about')}</p>
      <Loaded query={query} skeleton={<Skeleton active paragraph={{ rows: 3 }} />}>
        {({ work }) =>
          work.length === 0 ? (
            <EmptyState icon={CircleCheck} title={t('underWay.emptyTitle')} text={t('underWay.emptyText')} />
          ) : (
            <ul className={styles.list} data-testid="under-way">
              {work.map((one) => (
                <Item key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

/** Whoever is known by name, else what kind of actor it is. */
function useWho({ kind, id }: OpenWork['actor']): string {
  const format = useFormat()
  const person = Object.entries(people).find(([known]) => kind === 'person' && known === id)
  if (person !== undefined) return format.text(person[1])
  return id === '' ? format.text(actorKinds[kind]) : id
}

/** What is worked on: a file as it is called, a journey by its name. */
function useWhat({ kind, what }: OpenWork): string {
  const format = useFormat()
  const named = kind === 'rehearsal'
  const { data } = useApiQuery('/journeys', journeyList, { staleTime: 60_000, enabled: named })
  const journey = named ? data?.journeys.find(({ id }) => id === what) : undefined
  return journey === undefined ? what : format.text(journey.name)
}

function Item({ one }: { one: OpenWork }) {
  const { t } = useTranslation('shell')
  const notice = useNotice()
  const who = useWho(one.actor)
  const format = useFormat()
  const plain = useWhat(one)
  const { id, kind, since, state, before, progress, endable, crossing } = one
  const versions = crossing?.from.map((from) => `v${from}`).join(', ')
  const where = kind === 'crossing' ? ` · ${versions} → v${crossing?.to}` : ''
  const what = crossing === null ? plain : `${format.text(crossing.name ?? { en: one.what })}${where}`
  const end = () =>
    api
      .delete(`/open-work/${id}`, z.unknown())
      .catch(notice.problem)
      .finally(() => void refresh('/open-work'))
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>{t(`underWay.kinds.${kind}`)}</strong>
        {endable ? (
          <Popconfirm
            title={t('underWay.endTitle')}
            description={kind === 'import' ? t('underWay.endImport') : undefined}
            okText={t('underWay.end')}
            okButtonProps={{ danger: true }}
            onConfirm={() => void end()}
          >
            <Button size="small">{t('underWay.end')}</Button>
          </Popconfirm>
        ) : (
          <span className={styles.note}>{t('underWay.notEndable')}</span>
        )}
      </div>
      {what === '' ? null : (
        <span className={styles.what} title={what}>
          {what}
        </span>
      )}
      <span className={styles.note}>
        {who} · <When at={since} style="time" />
      </span>
      {state === 'waiting' ? (
        <span className={styles.note}>{t('underWay.before', { count: before })}</span>
      ) : progress === null ? null : (
        <ProgressLine
          label={t('underWay.running')}
          done={progress.done}
          total={progress.of === 0 ? null : progress.of}
        />
      )}
    </li>
  )
}
