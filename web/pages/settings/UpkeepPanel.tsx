import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type ChoreDone, type UpkeepAnswer, upkeepAnswer } from '../../../shared/api/upkeep.ts'
import { chores } from '../../../shared/chores.ts'
import { rootApi } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { useScopeName } from '../../api/system.ts'
import { Panel } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './HealthTab.module.css'

const queryKey = ['upkeep']
/** While it goes on it is asked for again so often (ms), else each minute. */
const soonMs = 2_000
const laterMs = 60_000

/** What is done for the data each night: when, and how the last one went in each place. */
export function UpkeepPanel() {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const format = useFormat()
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => rootApi.get('/upkeep', upkeepAnswer, { signal }),
    refetchInterval: (query) => (query.state.data?.running === true ? soonMs : laterMs),
  })
  const begin = useMutation({
    mutationFn: () => rootApi.post('/upkeep', z.undefined()),
    onError: notice.problem,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
  if (error) return <PageError error={error} />
  const { at = null, zone = '', nextAt = null, running = false, makeUpHours = 0, places = [] } = data ?? {}
  return (
    <Panel
      title={t('upkeep.title')}
      extra={
        <Button loading={running || begin.isPending} onClick={() => begin.mutate()} data-testid="upkeep-now">
          {t(running ? 'upkeep.running' : 'upkeep.now')}
        </Button>
      }
    >
      <p className={styles.about}>
        {at === null
          ? t('upkeep.never')
          : t('upkeep.when', {
              at,
              zone,
              hours: makeUpHours,
              next: nextAt === null ? '' : format.time(nextAt),
            })}
      </p>
      <ul className={styles.signs} aria-busy={data === undefined} aria-label={t('upkeep.title')}>
        {places.map((place) => (
          <Place key={place.brand ?? ''} {...place} />
        ))}
      </ul>
    </Panel>
  )
}

function Place({ brand, last }: UpkeepAnswer['places'][number]) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const nameOf = useScopeName()
  const failed = last?.chores.filter(({ state }) => state === 'failed').length ?? 0
  const tone = last === null ? 'quiet' : failed > 0 ? 'warn' : 'good'
  return (
    <li data-testid={`upkeep-${brand ?? 'house'}`}>
      <div className={styles.head}>
        <strong>{brand === null ? t('upkeep.house') : format.text(nameOf(brand))}</strong>
        <StatusDot tone={tone}>
          {last === null
            ? t('upkeep.notYet')
            : failed > 0
              ? t('upkeep.failed', { count: failed })
              : t('upkeep.done')}
        </StatusDot>
        {last === null ? null : (
          <small>
            {t(`upkeep.why.${last.why}`, {
              when: format.time(last.startedAt),
              took: sayMs(last.endedAt - last.startedAt),
            })}
          </small>
        )}
      </div>
      {last === null ? null : (
        <ul className={styles.chores}>
          {last.chores.map((done) => (
            <Done key={done.chore} {...done} />
          ))}
        </ul>
      )}
    </li>
  )
}

const sayMs = (ms: number) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`)

function Done({ chore, state, ms, count, problem }: ChoreDone) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <li>
      <span>{format.text(chores[chore])}</span>
      <small>
        {count !== null && count > 0 ? `${t('upkeep.removed', { count })} · ` : null}
        {sayMs(ms)}
      </small>
      {problem === null ? null : (
        <em className={state === 'failed' ? styles.fault : ''}>{format.text(problem)}</em>
      )}
    </li>
  )
}
