import { Skeleton } from 'antd'
import styles from './CanvasSkeleton.module.css'

const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
const cards = ['a', 'b', 'c', 'd']

/** The canvas yet to come: its three parts where they will be. */
export function CanvasSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.palette}>
        {items.map((item) => (
          <Skeleton.Button key={item} active block size="small" />
        ))}
      </div>
      <div className={styles.surface}>
        {cards.map((card) => (
          <div key={card} className={styles.card}>
            <Skeleton active avatar={{ shape: 'square', size: 28 }} title={false} paragraph={{ rows: 2 }} />
          </div>
        ))}
      </div>
      <div className={styles.inspector}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    </div>
  )
}
