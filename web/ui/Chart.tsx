import { Skeleton } from 'antd'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { fontFamily, type Mode, type Tokens, tokens } from '../theme/tokens.ts'
import styles from './Chart.module.css'
import { useStill } from './motion.ts'
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
  const still = useStill()
  const frame = useRef<HTMLDivElement>(null)
  const chart = useChart(frame, mode)
  useEffect(() => {
    chart?.setOption({ ...layout, animation: !still, ...option(tokens[mode]) }, { notMerge: true })
  }, [chart, option, mode, still])
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

/** The chart that lives in a frame, resized with it, made anew in another theme; null until the library has come. */
function useChart(frame: RefObject<HTMLDivElement | null>, mode: Mode): EChartsType | null {
  const [chart, setChart] = useState<EChartsType | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    let made: EChartsType | null = null
    let gone = false
    const watch = new ResizeObserver(() => made?.resize())
    import('./echarts.ts').then(({ init }) => {
      if (gone || !frame.current) return
      made = init(frame.current, chartTheme(mode))
      watch.observe(frame.current)
      setChart(made)
    }, setFailure)
    return () => {
      gone = true
      watch.disconnect()
      made?.dispose()
      setChart(null)
    }
  }, [frame, mode])
  // Thrown while rendering, so that the page's boundary can offer to try again.
  if (failure !== null) throw failure
  return chart
}

const layout: EChartsCoreOption = {
  animationDuration: 300,
  grid: { left: 0, right: 8, top: 16, bottom: 0, outerBoundsMode: 'same' },
  tooltip: { trigger: 'axis' },
}

function chartTheme(mode: Mode): object {
  const t = tokens[mode]
  const axis = {
    axisLabel: { color: t.inkTertiary, fontSize: 11 },
    axisLine: { lineStyle: { color: t.lineStrong } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: t.line } },
  }
  return {
    textStyle: { fontFamily, fontSize: 11, color: t.inkTertiary },
    color: [t.primary, t.touch, t.time, t.choice, t.customer, t.ending],
    categoryAxis: { ...axis, splitLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    legend: { textStyle: { color: t.inkSecondary, fontSize: 11 }, itemWidth: 10, itemHeight: 10 },
    tooltip: {
      backgroundColor: t.surface,
      borderColor: t.line,
      textStyle: { color: t.ink, fontSize: 12, fontFamily },
    },
  }
}
