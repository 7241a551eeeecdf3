import type { LucideIcon } from 'lucide-react'
import type { Category } from '../../shared/nodes/type.ts'
import { cssVar } from '../theme/tokens.ts'
import styles from './CategoryIcon.module.css'

const colours = {
  entry: ['entry', 'entrySoft'],
  time: ['time', 'timeSoft'],
  choice: ['choice', 'choiceSoft'],
  touch: ['touch', 'touchSoft'],
  customer: ['customer', 'customerSoft'],
  ending: ['ending', 'endingSoft'],
} as const satisfies Record<Category, readonly [string, string]>

/** The icon tile of a node: the only place where a category shows its colour. */
export function CategoryIcon({
  category,
  icon: Icon,
  size = 28,
}: {
  category: Category
  icon: LucideIcon
  size?: number
}) {
  const [ink, soft] = colours[category]
  return (
    <span
      className={styles.tile}
      style={{ width: size, height: size, color: cssVar(ink), background: cssVar(soft) }}
    >
      <Icon size={Math.round(size * 0.57)} strokeWidth={1.8} aria-hidden />
    </span>
  )
}
