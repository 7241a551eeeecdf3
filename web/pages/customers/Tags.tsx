import { Link } from 'react-router'
import { useBrandPath } from '../../api/useBrandPath.ts'
import styles from './Tags.module.css'

/** Tags side by side, the first few of them where there is little room. */
export function Tags({ tags, most }: { tags: readonly string[]; most?: number }) {
  const shown = most === undefined ? tags : tags.slice(0, most)
  return (
    <span className={styles.tags} title={tags.join(', ')}>
      {shown.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
      {shown.length < tags.length ? <span className={styles.tag}>+{tags.length - shown.length}</span> : null}
    </span>
  )
}

export interface GroupsProps {
  audiences: readonly { key: string; name: string; since: string }[]
  tags: readonly string[]
}

/** Audiences and tags of a customer; each leads to those who share it. */
export function Groups({ audiences, tags }: GroupsProps) {
  const path = useBrandPath()
  return (
    <span className={styles.tags}>
      {audiences.map(({ key, name, since }) => (
        <Link
          key={key}
          className={`${styles.tag} ${styles.audience}`}
          to={path(`customers?audience=${encodeURIComponent(key)}`)}
        >
          {name} <small>{since}</small>
        </Link>
      ))}
      {tags.map((tag) => (
        <Link key={tag} className={styles.tag} to={path(`customers?tag=${encodeURIComponent(tag)}`)}>
          {tag}
        </Link>
      ))}
    </span>
  )
}
