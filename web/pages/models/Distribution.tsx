import { Table, type TableColumnsType } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Distribution } from '../../../shared/api/models.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useLocale } from '../../locales/useLocale.ts'
import type { Tokens } from '../../theme/tokens.ts'
import { Chart } from '../../ui/Chart.tsx'
import { Panel } from '../../ui/Page.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { barOption } from './charts.ts'
import styles from './models.module.css'
import { sayScore } from './words.ts'

type Bar = Distribution['bars'][number]

/** What a bar stands for: a value, a step, or all that have no bar of their own. */
function useBarName(score: Distribution['score']): (bar: Bar) => string {
  const { t } = useTranslation('models')
  const format = useFormat()
  return useCallback(
    ({ value, from, to }: Bar) => {
      if (value !== null) return sayScore(score, value, format)
      if (from === null) return t('distribution.other')
      const first = sayScore(score, from, format)
      if (to === null) return t('distribution.above', { from: first })
      return t('distribution.between', { from: first, to: sayScore(score, to, format) })
    },
    [score, format, t],
  )
}

/** How customers are distributed over a score: as bars, and as figures. */
export function DistributionPanel({ distribution }: { distribution: Distribution }) {
  const { t } = useTranslation('models')
  const { locale } = useLocale()
  const { score, bars } = distribution
  const barName = useBarName(score)
  const name = atHead(sayName(score, locale))
  const option = useCallback(
    (colours: Tokens) => barOption(bars, barName, t('distribution.customers'), colours),
    [bars, barName, t],
  )
  return (
    <Panel title={name}>
      <Chart label={t('distribution.label', { name })} option={option} height={220} />
      <p className={styles.notes}>
        <span>{t('distribution.name', { name: score })}</span>
        <span>{t('distribution.variable', { path: `{{ customer.${score} }}` })}</span>
      </p>
      <details className={styles.figures}>
        <summary>{t('distribution.show')}</summary>
        <Figures distribution={distribution} barName={barName} />
      </details>
    </Panel>
  )
}

function Figures({
  distribution: { bars, customers },
  barName,
}: {
  distribution: Distribution
  barName: (bar: Bar) => string
}) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const columns: TableColumnsType<Bar> = [
    { title: t('distribution.value'), key: 'value', render: (_, bar) => barName(bar) },
    {
      title: t('distribution.customers'),
      key: 'customers',
      align: 'right',
      render: (_, bar) => format.count(bar.customers),
    },
    {
      title: t('distribution.share'),
      key: 'share',
      align: 'right',
      render: (_, bar) => format.share(bar.customers / Math.max(1, customers)),
    },
  ]
  return (
    <Table
      rowKey={(bar) => `${bar.value} ${bar.from}`}
      size="small"
      columns={columns}
      dataSource={[...bars]}
      pagination={false}
    />
  )
}
