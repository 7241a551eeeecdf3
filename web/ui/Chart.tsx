import { Skeleton } from 'antd'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { fontFamily, type Mode, type Tokens, tokens } from '../theme/tokens.ts'
import styles from './Chart.module.css'
import { preferences } from './preferences.ts'

export interface ChartProps {
  /** What the chart shows, for those who cannot see it. */
  label: string
  /** The option in the colours of the theme; kept stable between renders by the caller (useCallback). */
  option: (colours: Tokens) => EChartsCoreOption
  height?: number
  onSelect?: (name: string) => void
}

/** A chart in the tokens' colours. The library is fetched when the first chart appears. */
export function Chart({ label, option, height = 240, onSelect }: ChartProps) {
  const { t } = useTranslation()
  const mode = useStore(preferences, (state) => state.mode)
  const frame = useRef<HTMLDivElement>(null)
  const chart = useChart(frame)
  useEffect(() => {
    chart?.setOption({ ...common(mode), ...option(tokens[mode]) }, { notMerge: true })
  }, [chart, option, mode])
  useEffect(() => {
    if (!chart || !onSelect) return
    const select = (event: { name: string }) => onSelect(event.name)
    chart.on('click', select)
    return () => {
      chart.off('click', select)
    }
  }, [chart, onSelect])
  return (
    <div className={styles.chart} style={{ height }}>
      <div ref={frame} role="img" aria-label={label} className={styles.frame} />
      {chart ? null : (
        <div className={styles.waiting} role="status" aria-label={t('chart.loading')}>
          <Skeleton active title={false} paragraph={{ rows: 3 }} />
        </div>
      )}
    </div>
  )
}

/** The chart that lives in a frame, resized with it; null until the library has come. */
function useChart(frame: React.RefObject<HTMLDivElement | null>): EChartsType | null {
  const [chart, setChart] = useState<EChartsType | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    let made: EChartsType | null = null
    let gone = false
    const watch = new ResizeObserver(() => made?.resize())
    import('./echarts.ts').then(({ init }) => {
      if (gone || !frame.current) return
      made = init(frame.current)
      watch.observe(frame.current)
      setChart(made)
    }, setFailure)
    return () => {
      gone = true
      watch.disconnect()
      made?.dispose()
    }
  }, [frame])
  // Thrown while rendering, so that the page's boundary can offer to try again.
  if (failure !== null) throw failure
  return chart
}

function common(mode: Mode): EChartsCoreOption {
  const t = tokens[mode]
  return {
    animationDuration: 300,
    textStyle: { fontFamily, fontSize: 11, color: t.inkTertiary },
    color: [t.primary, t.touch, t.time, t.choice, t.customer, t.ending],
    grid: { left: 8, right: 8, top: 24, bottom: 8, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      backgroundColor: t.surface,
      borderColor: t.line,
      textStyle: { color: t.ink, fontSize: 12, fontFamily },
    },
  }
}
