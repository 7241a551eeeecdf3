import { Link } from 'react-router'
import { contentList } from '../../../shared/api/contents.ts'
import type { Chosen } from '../../../shared/contents/choose.ts'
import { sayChosen } from '../../../shared/contents/words.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './contents.module.css'

/** Which variant of which content a message showed, and why; each leads to the content. */
export function ShownContents({ chosen }: { chosen: readonly Chosen[] }) {
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const library = useApiQuery('/contents', contentList, { staleTime: 60_000 }).data?.contents ?? []
  return (
    <ul className={styles.chosen} data-testid="shown-contents">
      {chosen.map((one) => {
        const kept = library.find(({ content }) => content.key === one.key)
        return (
          <li key={one.key}>
            {/* What has been deleted since has no page. */}
            {kept === undefined ? (
              one.key
            ) : (
              <Link to={path(`contents/${one.key}`)}>{format.text(kept.content.name)}</Link>
            )}
            {` → ${sayChosen(one)[locale]}`}
          </li>
        )
      })}
    </ul>
  )
}
