import { useMemo } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import type { Category } from '../../../shared/nodes/type.ts'
import { cssVar, type TokenName } from '../../theme/tokens.ts'
import { iconOf } from './icons.ts'
import styles from './JourneySketch.module.css'
import { type SketchTile, sketchOf } from './sketch.ts'

const tile = 20
const step = { x: 29, y: 30 }
const margin = 4

const soft: Record<Category, TokenName> = {
  entry: 'entrySoft',
  time: 'timeSoft',
  choice: 'choiceSoft',
  touch: 'touchSoft',
  customer: 'customerSoft',
  ending: 'endingSoft',
}

const left = ({ column }: SketchTile) => margin + column * step.x
const top = ({ row }: SketchTile) => margin + row * step.y

/** From the right edge of one tile to the left edge of the other; straight down within a column. */
function path(from: SketchTile, to: SketchTile): string {
  const [x1, y1, x2, y2] = [left(from) + tile, top(from) + tile / 2, left(to), top(to) + tile / 2]
  if (x2 <= x1) return `M${x1 - tile / 2} ${top(from) + tile} L${x2 + tile / 2} ${top(to)}`
  const bend = Math.min(14, (x2 - x1) / 2)
  return `M${x1} ${y1} H${x2 - bend * 2} C${x2 - bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

/** A small drawing of a journey: its nodes as tiles in their categories' colours, left to right. */
export function JourneySketch({ journey, label }: { journey: Journey; label: string }) {
  const sketch = useMemo(() => sketchOf(journey), [journey])
  const width = margin * 2 + (sketch.columns - 1) * step.x + tile
  const height = margin * 2 + (sketch.rows - 1) * step.y + tile
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.sketch}
      style={{ maxWidth: width * 1.25, maxHeight: height * 1.25 }}
      viewBox={`0 0 ${width} ${height}`}
    >
      {sketch.lines.map(({ id, from, to }) => (
        <path key={id} className={styles.line} d={path(from, to)} />
      ))}
      {sketch.tiles.map((each) => {
        const Icon = iconOf(each.type)
        return (
          <g key={each.id} transform={`translate(${left(each)} ${top(each)})`} color={cssVar(each.category)}>
            <rect width={tile} height={tile} rx={6} fill={cssVar('surface')} />
            <rect width={tile} height={tile} rx={6} fill={cssVar(soft[each.category])} />
            <Icon x={4} y={4} width={12} height={12} strokeWidth={1.9} aria-hidden />
          </g>
        )
      })}
    </svg>
  )
}
