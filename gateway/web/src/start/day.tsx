// What holds for the whole day: its name, languages, who is expected, groups, and whose data it is.
import { useState } from 'preact/hooks';
import { LANGUAGES, pick } from '../core/language';
import { T } from '../words/start';
import { Button, Careful, Choice, Figure, languageName, Line, Rows, Texts, WrongAt } from './parts';
import { freeId, languagesOf, listAt, textOf, withLanguages, withoutLanguage } from './sheet';
import { languages, replace, sheet } from './state';

export function DayForm() {
  return (
    <>
      <h2 tabIndex={-1} id="form-title">
        {T().theDay}
      </h2>
      <WrongAt path={[]} />
      <Texts path={['title']} label={T().dayTitle} must />
      <LanguageList />
      <Figure path={['expected_people']} label={T().expected} hint={T().expectedHint} />
      <Choice path={['join']} label={T().joinBy} options={[['open', T().joinOpen], ['codes', T().joinCodes]]} />
      <Rows
        path={['groups']}
        title={T().groups}
        add={T().addGroup}
        nameOf={(i) => nameAt(['groups', i])}
        make={() => ({ id: freeId('group', listAt(sheet.value, ['groups'])), title: {} })}
      >
        {(path) => <Texts path={[...path, 'title']} label={T().groupName} must />}
      </Rows>
      <fieldset class="rows">
        <legend>{T().privacy}</legend>
        <p class="hint">{T().privacyHint}</p>
        <WrongAt path={['privacy']} />
        <Line path={['privacy', 'controller']} label={T().controller} />
        <Line path={['privacy', 'contact']} label={T().contact} />
        <Figure path={['privacy', 'retention_days']} label={T().retention} hint={T().retentionHint} />
      </fieldset>
    </>
  );
}

export const nameAt = (path: (string | number)[]) => {
  const found = listAt(sheet.value, path.slice(0, -1))[path[path.length - 1] as number] as { title?: unknown; id?: unknown };
  return pick(textOf(found?.title, languages.value)) || String(found?.id ?? '');
};

function LanguageList() {
  const [typed, setTyped] = useState('');
  const now = sheet.value;
  if (!now) return null;
  const tags = languagesOf(now);
  const add = (tag: string) => {
    replace(withLanguages(now, [...tags, tag]));
    setTyped('');
  };
  const wish = typed.trim();
  const good = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(wish) && !tags.includes(wish);
  return (
    <fieldset class="rows">
      <legend>{T().languages}</legend>
      <p class="hint">{T().languagesHint}</p>
      <WrongAt path={['languages']} />
      <ol>
        {tags.map((tag, i) => (
          <li key={tag} class="row acts">
            <span class="row-name">
              <span lang={tag}>{languageName(tag)}</span>
              {i === 0 && <span class="hint"> · {T().firstLanguage}</span>}
            </span>
            {i > 0 && <Button onClick={() => replace(withLanguages(now, [tag, ...tags.filter((other) => other !== tag)]))}>{T().makeFirst(languageName(tag))}</Button>}
            {tags.length > 1 && (
              <Careful words={T().removeLanguage(languageName(tag))} sure={T().removeLanguageSure} act={() => replace(withoutLanguage(now, tag))} />
            )}
          </li>
        ))}
      </ol>
      <div class="acts">
        {LANGUAGES.filter((tag) => !tags.includes(tag)).map((tag) => (
          <Button key={tag} onClick={() => add(tag)}>
            {T().addLanguage(languageName(tag))}
          </Button>
        ))}
        <div class="input">
          <label for="language">{T().otherLanguage}</label>
          <input id="language" class="figure" type="text" autocomplete="off" autocapitalize="none" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </div>
        <Button disabled={!good} onClick={() => add(wish)}>
          {T().addThis}
        </Button>
      </div>
    </fieldset>
  );
}
