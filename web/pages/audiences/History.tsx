import { useMutation } from '@tanstack/react-query'
import { Button, Empty } from 'antd'
import { Eye } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type AudienceHistory, audienceHistory, audienceLook } from '../../../shared/api/audience-history.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import type { Tokens } from '../../theme/tokens.ts'
import { Chart } from '../../ui/Chart.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './History.module.css'

/** How large an audience was, day by day, and who joined and left last. */
export function History({ audience }: { audience: string }) {
  const { t } = useTranslation('audiences')
  const at = `/audiences/${encodeURIComponent(audience)}`
  const query = useApiQuery(`${at}/history`, audienceHistory)
  const notice = useNotice()
  const look = useMutation({
    mutationFn: () => api.post(`${at}/look`, audienceLook),
    onSuccess: ({ joined, left }) => {
      notice.done(t('history.looked', { joined, left }))
      void refresh(at)
    },
    onError: notice.problem,
  })
  const now = (
    <Button
      icon={<Eye size={14} />}
      loading={look.isPending}
      onClick={() => look.mutate()}
      data-testid="look-at-audience"
    >
      {t('history.look')}
    </Button>
  )
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
      {({ sizes, moves }) => (
        <>
          <Panel title={t('history.title')} extra={now}>
            {sizes.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('history.none')} />
            ) : (
              <Sizes sizes={sizes} />
            )}
          </Panel>
          {moves.length === 0 ? null : (
            <Panel title={t('history.moves')}>
              <Moves moves={moves} />
            </Panel>
          )}
        </>
      )}
    </Loaded>
  )
}

function Sizes({ sizes }: Pick<AudienceHistory, 'sizes'>) {
  const { t } = useTranslation('audiences')
  const option = useCallback(
    (colours: Tokens) => {
      const days = sizes.map(({ day }) => day)
      const series = (name: string, values: readonly (number | null)[], more: object) => ({
        name,
        data: values,
        ...more,
      })
      return {
        tooltip: { trigger: 'axis' },
        legend: { bottom: 0 },
        grid: { left: 48, right: 48, top: 16, bottom: 48 },
        xAxis: { type: 'category', data: days },
        yAxis: [
          { type: 'value', minInterval: 1 },
          { type: 'value', minInterval: 1, splitLine: { show: false } },
        ],
        series: [
          series(
            t('columns.size'),
            sizes.map(({ size }) => size),
            { type: 'line', color: colours.primary, showSymbol: sizes.length < 60 },
          ),
          series(
            t('history.joined'),
            sizes.map(({ joined }) => joined),
            { type: 'bar', yAxisIndex: 1, color: colours.success, stack: 'moves' },
          ),
          series(
            t('history.left'),
            sizes.map(({ left }) => (left === null ? null : -left)),
            { type: 'bar', yAxisIndex: 1, color: colours.danger, stack: 'moves' },
          ),
        ],
      }
    },
    [sizes, t],
  )
  return <Chart label={t('history.title')} option={option} height={260} />
}

function Moves({ moves }: Pick<AudienceHistory, 'moves'>) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const path = useBrandPath()
  return (
    <ul className={styles.moves} data-testid="audience-moves">
      {moves.map(({ id, name, at, joined }) => (
        <li key={`${id} ${at} ${joined}`}>
          <time>{format.time(at)}</time>
          <span className={joined ? styles.joined : styles.left}>
            {t(joined ? 'history.joined' : 'history.left')}
          </span>
          <Link to={path(`customers/${encodeURIComponent(id)}`)}>{name ?? id}</Link>
        </li>
      ))}
    </ul>
  )
}
