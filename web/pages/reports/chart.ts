import type { EChartsCoreOption } from 'echarts/core'
import type { ReportAnswer } from '../../../shared/api/messages.ts'
import type { Tokens } from '../../theme/tokens.ts'

interface DayWords {
  entered: string
  sent: string
  converted: string
}

/** Messages and entries as bars, conversions as a line on a scale of their own: they are far fewer. */
export function dayOption(
  byDay: ReportAnswer['byDay'],
  words: DayWords,
  sayDate: (date: string) => string,
  colours: Tokens,
): EChartsCoreOption {
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.inkTertiary },
  }
  const scale = { ...axis, type: 'value', minInterval: 1, splitNumber: 3 }
  return {
    legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: colours.inkSecondary } },
    grid: { left: 4, right: 4, top: 36, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { ...axis, type: 'category', data: byDay.map(({ date }) => sayDate(date)) },
    yAxis: [
      { ...scale, splitLine: { lineStyle: { color: colours.line } } },
      { ...scale, splitLine: { show: false } },
    ],
    series: [
      bar(
        words.entered,
        byDay.map(({ entered }) => entered),
        colours.flow,
      ),
      bar(
        words.sent,
        byDay.map(({ sent }) => sent),
        colours.primary,
      ),
      {
        name: words.converted,
        type: 'line',
        yAxisIndex: 1,
        data: byDay.map(({ converted }) => converted),
        color: colours.touch,
        symbolSize: 5,
        smooth: 0.2,
      },
    ],
  }
}

function bar(name: string, data: readonly number[], color: string) {
  return {
    name,
    type: 'bar',
    data: [...data],
    color,
    barMaxWidth: 16,
    itemStyle: { borderRadius: [3, 3, 0, 0] },
  }
}
