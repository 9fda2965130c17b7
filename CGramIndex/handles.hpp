// What the opaque types of the header hold. Only files with functions of the header include this.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "block_file.hpp"
#include "index.hpp"
#include "postings_writer.hpp"

#pragma GCC visibility push(hidden)

struct cg_block_file {
    std::shared_ptr<const cg::BlockFile> value;
};

struct cg_block_writer {
    std::unique_ptr<cg::BlockWriter> value;
};

struct cg_postings_writer {
    cg::PostingsWriter value;
};

struct cg_index {
    std::unique_ptr<const cg::Index> value;
};

struct cg_list {
    std::string bytes;
    std::vector<size_t> ends;
    std::vector<uint32_t> integers;
};

#pragma GCC visibility pop
