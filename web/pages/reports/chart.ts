import type { EChartsCoreOption } from 'echarts/core'
import type { ReportAnswer } from '../../../shared/api/messages.ts'
import { addDays } from '../../../shared/calendar/index.ts'
import type { Tokens } from '../../theme/tokens.ts'

interface DayWords {
  entered: string
  sent: string
  converted: string
}

/** Every day from the first to the last, also those on which nothing happened. */
export function everyDay(byDay: ReportAnswer['byDay']): ReportAnswer['byDay'] {
  const known = new Map(byDay.map((day) => [day.date, day]))
  const dates = [...known.keys()].sort()
  const [first, last] = [dates[0], dates.at(-1)]
  const days: ReportAnswer['byDay'] = []
  if (first === undefined || last === undefined) return days
  for (let date = first; date <= last; date = addDays(date, 1))
    days.push(known.get(date) ?? { date, entered: 0, sent: 0, converted: 0 })
  return days
}

/** Messages and entries as bars, conversions as a line on a scale of their own: they are far fewer. */
export function dayOption(
  sparse: ReportAnswer['byDay'],
  words: DayWords,
  sayDate: (date: string) => string,
  colours: Tokens,
): EChartsCoreOption {
  const byDay = everyDay(sparse)
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
        symbol: 'circle',
        // A day without any is part of the line; only what happened is worth a point.
        symbolSize: (converted: number) => (converted > 0 ? 6 : 0),
        showAllSymbol: true,
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
