import type { EChartsCoreOption } from 'echarts/core'
import type { Distribution, ModelReport } from '../../../shared/api/models.ts'
import type { Tokens } from '../../theme/tokens.ts'

type Bar = Distribution['bars'][number]

/** Names that all have room where their words stand below each other; of many bars as many names as fit. */
const mostNames = 12
const barLabel = (bars: number, colours: Tokens) =>
  bars > mostNames
    ? { hideOverlap: true, color: colours.inkTertiary }
    : {
        ...{ interval: 0, overflow: 'break', width: Math.floor(456 / bars) },
        ...{ fontSize: 10, lineHeight: 13, color: colours.inkTertiary },
      }

/** Bars of customers, one for each value or step. */
export function barOption(
  bars: readonly Bar[],
  said: (bar: Bar) => string,
  name: string,
  colours: Tokens,
): EChartsCoreOption {
  return {
    grid: { left: 0, right: 8, top: 12, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { type: 'category', data: bars.map(said), axisLabel: barLabel(bars.length, colours) },
    yAxis: { type: 'value', minInterval: 1, splitNumber: 3 },
    series: [
      {
        name,
        type: 'bar',
        data: bars.map(({ customers }) => customers),
        color: colours.primary,
        barMaxWidth: 36,
        itemStyle: { borderRadius: [3, 3, 0, 0] },
      },
    ],
  }
}

interface Two {
  readonly expected: string
  readonly actual: string
}

/** What was expected as bars, what came as a line. */
function besides(
  labels: readonly string[],
  { expected, actual }: { expected: readonly number[]; actual: readonly number[] },
  words: Two,
  say: ((value: number) => string) | null,
  colours: Tokens,
): EChartsCoreOption {
  return {
    legend: { top: 0, right: 0 },
    grid: { left: 4, right: 8, top: 32, bottom: 0, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      ...(say === null ? {} : { valueFormatter: (value: unknown) => say(Number(value)) }),
    },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisLabel: { hideOverlap: true, color: colours.inkTertiary },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      ...(say === null ? {} : { axisLabel: { formatter: say, color: colours.inkTertiary } }),
    },
    series: [
      {
        name: words.actual,
        type: 'bar',
        data: [...actual],
        color: colours.flow,
        barMaxWidth: 28,
        itemStyle: { borderRadius: [3, 3, 0, 0] },
      },
      { name: words.expected, type: 'line', data: [...expected], color: colours.touch, symbolSize: 6 },
    ],
  }
}

type Quality = NonNullable<ModelReport['quality']>
type Forecast = NonNullable<ModelReport['forecast']>

/** Tenths from the least to the most likely: what was said of each beside what came. */
export function calibrationOption(
  { tenths }: Quality,
  words: Two,
  share: (value: number) => string,
  colours: Tokens,
): EChartsCoreOption {
  return besides(
    tenths.map((_, index) => String(index + 1)),
    {
      expected: tenths.map(({ said }) => said),
      actual: tenths.map(({ happened, customers }) => happened / Math.max(1, customers)),
    },
    words,
    share,
    colours,
  )
}

/** Purchases added up over the days that were held out. */
export function forecastOption({ steps }: Forecast, words: Two, colours: Tokens): EChartsCoreOption {
  return besides(
    steps.map(({ days }) => String(days)),
    {
      expected: steps.map(({ expected }) => Math.round(expected)),
      actual: steps.map(({ actual }) => actual),
    },
    words,
    null,
    colours,
  )
}
