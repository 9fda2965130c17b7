/// The script of a static site: looks for an exact text.
enum StaticScript {
    static let text = #"""
        "use strict";
        // Finds every passage that holds a text, whatever script its characters are written in.
        const gongkai = (() => {
          const lists = new Map(), texts = new Map(), waiting = new Map();
          let reports = [], inFile = 1, asked = 0;
          let fold = new Map(), drop = new Set(), spaces = new Set();

          function load(path) {
            if (!waiting.has(path)) {
              waiting.set(path, new Promise((done, failed) => {
                const script = document.createElement("script");
                script.src = path;
                script.onload = done;
                script.onerror = () => failed(new Error(path));
                document.head.append(script);
              }));
            }
            return waiting.get(path);
          }

          // Of scripts that are written with spaces.
          const isSpaced = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character)
            && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u.test(character);

          // The characters that are compared, each with its range in the text.
          function folded(text) {
            const characters = [], ranges = [];
            let offset = 0, space = -1;
            for (const character of text) {
              if (spaces.has(character)) {
                if (space < 0) space = offset;
              } else if (!drop.has(character)) {
                const one = fold.get(character) ?? character;
                if (space >= 0 && isSpaced(one) && isSpaced(characters[characters.length - 1])) {
                  characters.push(" ");
                  ranges.push([space, offset]);
                }
                space = -1;
                characters.push(one);
                ranges.push([offset, offset + character.length]);
              }
              offset += character.length;
            }
            return { characters, ranges };
          }

          function numbers(base64) {
            const bytes = atob(base64), found = [];
            let value = 0, shift = 0, last = 0;
            for (let i = 0; i < bytes.length; i++) {
              const byte = bytes.charCodeAt(i);
              value += (byte & 127) * 2 ** shift;
              shift += 7;
              if (byte < 128) { last += value; found.push(last); value = 0; shift = 0; }
            }
            return found;
          }

          async function list(gram) {
            const file = gram.codePointAt(0) % 64;
            await load("g/" + file + ".js");
            const all = lists.get(file);
            return Object.hasOwn(all, gram) ? numbers(all[gram]) : [];
          }

          async function passage(number) {
            const file = Math.floor(number / inFile);
            await load("t/" + file + ".js");
            return texts.get(file)[number % inFile];
          }

          // The indices at which some characters stand in others.
          function occurrences(where, what) {
            const found = [];
            for (let i = 0; i + what.length <= where.length; i++) {
              if (what.every((character, n) => where[i + n] === character)) found.push(i);
            }
            return found;
          }

          // The numbers of the passages that hold the text.
          async function search(text) {
            await load("reports.js");
            const wanted = folded(text).characters;
            if (wanted.length === 0) return { wanted, found: [] };
            const grams = wanted.length === 1 ? [wanted[0]]
              : wanted.slice(1).map((character, n) => wanted[n] + character);
            let found = null;
            for (const gram of new Set(grams)) {
              const next = new Set(await list(gram));
              found = found === null ? [...next] : found.filter((number) => next.has(number));
              if (found.length === 0) break;
            }
            if (wanted.length > 2) {
              const proved = [];
              for (const number of found) {
                const [, , text] = await passage(number);
                if (occurrences(folded(text).characters, wanted).length > 0) proved.push(number);
              }
              found = proved;
            }
            return { wanted, found };
          }

          function marked(text, wanted) {
            const { characters, ranges } = folded(text);
            const paragraph = document.createElement("p");
            paragraph.lang = "zh";
            let end = 0;
            for (const start of occurrences(characters, wanted)) {
              const from = ranges[start][0], to = ranges[start + wanted.length - 1][1];
              if (from < end) continue;
              paragraph.append(text.slice(end, from));
              const mark = document.createElement("mark");
              mark.textContent = text.slice(from, to);
              paragraph.append(mark);
              end = to;
            }
            paragraph.append(text.slice(end));
            return paragraph;
          }

          async function show(text) {
            const mine = ++asked, counts = document.getElementById("counts");
            const hits = document.getElementById("hits");
            let answer;
            try { answer = await search(text); } catch (error) {
              counts.textContent = String(error);
              return;
            }
            const shown = [];
            for (const number of answer.found.slice(0, 50)) shown.push(await passage(number));
            if (mine !== asked) return;
            counts.textContent = counts.dataset.count.replace("0", answer.found.length)
              + (answer.found.length > shown.length ? counts.dataset.first.replace("0", shown.length) : "");
            hits.replaceChildren(...shown.map(([report, line, text]) => {
              const [id, agency, year] = reports[report];
              const item = document.createElement("li"), head = document.createElement("h2");
              const link = document.createElement("a");
              link.href = "report/" + id + ".html#l" + line;
              link.textContent = agency + (year ? " " + year : "");
              head.append(link);
              item.append(head, marked(text, answer.wanted));
              return item;
            }));
          }

          document.addEventListener("DOMContentLoaded", () => {
            const form = document.getElementById("ask"), box = document.getElementById("q");
            if (!form) return;
            form.hidden = false;
            form.addEventListener("submit", (event) => {
              event.preventDefault();
              location.hash = "q=" + encodeURIComponent(box.value);
            });
            const follow = () => {
              const match = /^#q=(.*)$/.exec(location.hash);
              if (!match) return;
              box.value = decodeURIComponent(match[1]);
              show(box.value);
            };
            addEventListener("hashchange", follow);
            follow();
          });

          return {
            lists: (number, value) => lists.set(number, value),
            texts: (number, value) => texts.set(number, value),
            reports: (list, count, perFile, pairs, vanishing, between) => {
              reports = list; inFile = perFile;
              const characters = [...pairs];
              for (let i = 0; i < characters.length; i += 2) fold.set(characters[i], characters[i + 1]);
              drop = new Set(vanishing);
              spaces = new Set(between);
            },
            search,
          };
        })();

        """#
}
